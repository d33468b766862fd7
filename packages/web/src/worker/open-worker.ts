import type { RemoteWorker } from '@retinaface/core/platform'

/** The first message to a worker that is to serve a detector. */
export interface DetectorStart {
  /** To be held by the worker as long as it lives, where the browser lets it. */
  readonly lock: string
}

/** Said by the worker when it holds its lock. */
export const LOCKED = 'locked'

/** Starts a worker for a detector, and notices when it ends without a word. */
export function openWorker(start: () => Worker): RemoteWorker {
  const worker = start()
  const lock = `retinaface ${performance.timeOrigin} ${Math.random()}`
  worker.postMessage({ lock } satisfies DetectorStart)
  const onMessage = (listener: (message: never) => void) =>
    worker.addEventListener('message', ({ data }) => listener(data as never))
  return {
    postMessage: (message, transfer = []) =>
      worker.postMessage(message, transfer as Transferable[]),
    onMessage: (listener) => onMessage((message) => message !== LOCKED && listener(message)),
    onEnd: (listener) => {
      worker.addEventListener('error', (event) => {
        // A script that cannot be loaded gives an event without a message.
        const { message = 'its script could not be loaded' } = event as Partial<ErrorEvent>
        listener(`${message}.`)
      })
      // A lock that nobody holds would be had at once, as if the worker had ended.
      onMessage((message) => {
        if (message !== LOCKED) return
        const ended = () => listener('the browser ended it.')
        navigator.locks.request(lock, ended).catch(() => undefined)
      })
    },
    end: async () => worker.terminate(),
  }
}
