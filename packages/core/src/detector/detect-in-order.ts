import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { type CancelSignal, untilAborted } from '../cancel/cancel-signal.ts'
import type { Face } from '../face/face.ts'
import type { ImageSize } from '../image/shrunken-image.ts'

/** The faces of a picture and its size, in pixels of the upright picture. */
export interface SizedFaces extends ImageSize {
  readonly faces: Face[]
}

/** How far a run over many pictures is. */
export interface ManyProgress {
  /** Pictures that are done, the failed ones included. */
  readonly done: number
  readonly failed: number
}

/** What became of one picture of many. */
export type PictureResult<Source> = PictureFaces<Source> | PictureFailure<Source>

/** A picture that was looked at. */
export interface PictureFaces<Source> extends SizedFaces {
  readonly status: 'ok'
  readonly source: Source
}

/** A picture that could not be read or looked at; the others are not affected. */
export interface PictureFailure<Source> {
  readonly status: 'failed'
  readonly source: Source
  readonly error: Error
}

/** How {@link detectInOrder} goes through pictures. */
export interface InOrderOptions<Source> {
  /** Finds the faces of one picture; begun for several before the first is done. */
  readonly detect: (source: Source) => Promise<SizedFaces>
  /** Pictures that are begun before the one whose result is due is done, at most. */
  readonly ahead: number
  readonly signal: CancelSignal | undefined
  readonly onProgress: ((progress: ManyProgress) => void) | undefined
}

/**
 * Looks at many pictures, some ahead of the one that is given out, and gives the results in the order
 * that the pictures came in. What fails gives a result with its error and does not stop the rest.
 *
 * @throws {InvalidArgumentError} if the list of pictures is none, the signal's reason if it is aborted,
 * what `onProgress` throws, and what the list of pictures throws, once the pictures before are done.
 */
export async function* detectInOrder<Source>(
  sources: Iterable<Source> | AsyncIterable<Source>,
  { detect, ahead, signal, onProgress }: InOrderOptions<Source>,
): AsyncGenerator<PictureResult<Source>, void, undefined> {
  expectPictures(sources)
  const begun: Promise<PictureResult<Source>>[] = []
  let done = 0
  let failed = 0
  const next = async () => {
    const result = await untilAborted(signal, begun.shift()!)
    done += 1
    if (result.status === 'failed') failed += 1
    onProgress?.({ done, failed })
    return result
  }
  const list = iterate(sources)
  let brokenOff: { readonly reason: unknown } | undefined
  const advance = () =>
    list.next().catch((reason: unknown) => {
      brokenOff = { reason }
      return { done: true as const, value: undefined }
    })
  try {
    for (;;) {
      const step = await untilAborted(signal, advance())
      if (step.done) break
      begun.push(settle(step.value, detect))
      if (begun.length > ahead) yield await next()
    }
    // Where the list of pictures broke off, what was begun before it did is not lost.
    while (begun.length > 0) yield await next()
    if (brokenOff) throw brokenOff.reason
  } finally {
    const ended = list.return()
    // A list that hangs does not end either.
    if (signal?.aborted) ended.catch(() => undefined)
    else await ended
  }
}

/** A path or the bytes of one picture could be gone through too. */
function expectPictures(sources: unknown): void {
  const isObject = typeof sources === 'object' && sources !== null
  const isList = isObject && (Symbol.iterator in sources || Symbol.asyncIterator in sources)
  if (isList && !ArrayBuffer.isView(sources)) return
  throw new InvalidArgumentError('sources', 'an array or another iterable of pictures', sources)
}

async function* iterate<Source>(
  sources: Iterable<Source> | AsyncIterable<Source>,
): AsyncGenerator<Source, void, undefined> {
  yield* sources
}

async function settle<Source>(
  source: Source,
  detect: (source: Source) => Promise<SizedFaces>,
): Promise<PictureResult<Source>> {
  try {
    return { status: 'ok', source, ...(await detect(source)) }
  } catch (error) {
    return {
      status: 'failed',
      source,
      error: error instanceof Error ? error : new Error(String(error)),
    }
  }
}
