import { InvalidArgumentError, RetinaFaceError } from '@retinaface/mesh-decoder/errors'
import { type CancelSignal, untilAborted } from '../cancel/cancel-signal.ts'
import { ImageReadError } from '../errors/detector-errors.ts'

/**
 * A picture, or a function that gives it when it is its turn, as the bytes of a file that an archive or
 * a server holds.
 */
export type OnDemand<Source> = Source | (() => Source | Promise<Source>)

/**
 * The picture, asked for where it is a function that gives it.
 *
 * @throws {ImageReadError} if the function fails with an error that is none of ours
 * @throws {InvalidArgumentError} if it gives a function again, and the reason of `signal`
 */
export async function askForSource<Source>(
  source: OnDemand<Source>,
  signal: CancelSignal,
): Promise<Source> {
  if (!isFunction(source)) return source
  const given = await untilAborted(signal, ask(source))
  if (!isFunction(given)) return given
  throw new InvalidArgumentError('source', 'a function that gives a picture', given)
}

async function ask<Source>(give: () => Source | Promise<Source>): Promise<Source> {
  try {
    return await give()
  } catch (error) {
    if (RetinaFaceError.isInstance(error)) throw error
    const problem = error instanceof Error ? error.message : String(error)
    throw new ImageReadError('the picture that a function gives', `it failed: ${problem}`, error)
  }
}

function isFunction<Source>(
  source: OnDemand<Source>,
): source is Extract<OnDemand<Source>, () => Source | Promise<Source>> {
  return typeof source === 'function'
}
