import type { PictureInput } from '../inputs/find-pictures.ts'
import { isReadable, type ReadableInput, toImageSource } from '../inputs/readable-input.ts'
import type { DetectedPicture, Detection, Detector } from './detection.ts'

/**
 * Finds faces, several pictures at a time, each read as small as the network sees it: for work that
 * needs no pixels.
 */
export async function* detectInPictures(
  inputs: AsyncIterable<PictureInput>,
  { retinaface, detectOptions }: Detector,
): AsyncGenerator<Detection<DetectedPicture>, void, undefined> {
  const begun: PictureInput[] = []
  async function* sources() {
    for await (const input of inputs) {
      begun.push(input)
      if (isReadable(input)) yield toImageSource(input)
    }
  }
  for await (const result of retinaface.detectMany(sources(), detectOptions)) {
    yield* takeUnreadable(begun)
    const input = begun.shift() as ReadableInput
    if (result.status === 'failed') yield { input, error: result.error }
    else yield { input, picture: { ...result, input } }
  }
  yield* takeUnreadable(begun)
}

/** Takes what cannot be read from the front of the list; it keeps its place in the order. */
function* takeUnreadable(begun: PictureInput[]): Generator<Detection<never>, void, undefined> {
  for (let input = begun[0]; input && !isReadable(input); input = begun[0]) {
    begun.shift()
    yield { input, error: input.source }
  }
}
