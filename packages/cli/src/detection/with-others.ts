import type { PictureInput } from '../inputs/find-pictures.ts'
import { isReadable, type ReadableInput } from '../inputs/readable-input.ts'
import type { DetectInPictures, Detection, Detector } from './detection.ts'

/** Goes through pictures with one way of detection and through others among them with another. */
export function withOthers<Picture, Other>(
  detectInPictures: DetectInPictures<Picture>,
  isOther: (input: ReadableInput) => boolean | Promise<boolean>,
  openOther: (input: ReadableInput, detector: Detector) => Promise<Other>,
): DetectInPictures<Picture | Other> {
  return async function* detect(
    inputs: AsyncIterable<PictureInput>,
    detector: Detector,
  ): AsyncGenerator<Detection<Picture | Other>, void, undefined> {
    const list = inputs[Symbol.asyncIterator]()
    let other: ReadableInput | undefined
    let hasEnded = false
    async function* untilOther() {
      for (;;) {
        const step = await list.next()
        if (step.done) {
          hasEnded = true
          return
        }
        if (isReadable(step.value) && (await isOther(step.value))) {
          other = step.value
          return
        }
        yield step.value
      }
    }
    while (!hasEnded) {
      other = undefined
      yield* detectInPictures(untilOther(), detector)
      if (other) yield await open(other, detector, openOther)
    }
  }
}

async function open<Other>(
  input: ReadableInput,
  detector: Detector,
  openOther: (input: ReadableInput, detector: Detector) => Promise<Other>,
): Promise<Detection<Other>> {
  try {
    return { input, picture: await openOther(input, detector) }
  } catch (error) {
    return { input, error }
  }
}
