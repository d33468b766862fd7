import type { CancelSignal, Face, ManyProgress, PictureResult } from '@retinaface/core'
import type { WebImageSource } from '../image/web-image-source.ts'

/** The faces of a picture and its size. */
export interface SizedFaces {
  readonly width: number
  readonly height: number
  readonly faces: Face[]
}

/** Looks at many pictures, one ahead of the one that is given out, in the order they came. */
export async function* detectInOrder(
  sources: Iterable<WebImageSource> | AsyncIterable<WebImageSource>,
  lookAt: (source: WebImageSource) => Promise<SizedFaces>,
  signal: CancelSignal | undefined,
  onProgress: ((progress: ManyProgress) => void) | undefined,
): AsyncGenerator<PictureResult<WebImageSource>, void, undefined> {
  const started: Promise<PictureResult<WebImageSource>>[] = []
  let done = 0
  let failed = 0
  const next = async () => {
    const result = await started.shift()!
    if (result.status === 'failed') signal?.throwIfAborted()
    done += 1
    if (result.status === 'failed') failed += 1
    onProgress?.({ done, failed })
    return result
  }
  try {
    for await (const source of sources) {
      started.push(settle(source, lookAt))
      if (started.length > 1) yield await next()
    }
  } catch (error) {
    // The list of pictures broke off; what was begun before it did is not lost.
    while (started.length > 0) yield await next()
    throw error
  }
  while (started.length > 0) yield await next()
}

async function settle(
  source: WebImageSource,
  lookAt: (source: WebImageSource) => Promise<SizedFaces>,
): Promise<PictureResult<WebImageSource>> {
  try {
    return { status: 'ok', source, ...(await lookAt(source)) }
  } catch (error) {
    return { status: 'failed', source, error }
  }
}
