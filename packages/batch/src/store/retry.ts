/** How often and for how long something is tried. */
export interface Patience {
  /** Tries in all. */
  readonly tries: number
  /** Longest time of one try, milliseconds. */
  readonly timeout: number
  /** Pause after the first failure, milliseconds; doubled after each further one. */
  readonly pause: number
}

/**
 * Tries something until it works; a try that takes too long is given up, whether it notices or not.
 *
 * @param perform told to stop by the signal
 * @param isFinal true for an error that another try would meet again
 * @throws the last try's error
 */
export async function retry<T>(
  { tries, timeout, pause }: Patience,
  perform: (signal: AbortSignal) => Promise<T>,
  isFinal: (error: unknown) => boolean,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await within(timeout, perform)
    } catch (error) {
      if (attempt >= tries || isFinal(error)) throw error
      // Half of it by chance, so that many machines do not come back at the same moment.
      await delay(pause * 2 ** (attempt - 1) * (0.5 + Math.random() / 2))
    }
  }
}

async function within<T>(
  timeout: number,
  perform: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`no answer within ${timeout / 1000} seconds`)
      reject(error)
      controller.abort(error)
    }, timeout)
  })
  try {
    return await Promise.race([perform(controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
