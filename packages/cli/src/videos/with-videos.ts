import type { DetectInPictures, Detection, Detector } from '../detection/detection.ts'
import type { PictureInput } from '../inputs/find-pictures.ts'
import { isReadable, type ReadableInput } from '../inputs/readable-input.ts'
import { isVideoName } from '../inputs/walk-folder.ts'

/** A file that is named like a video. */
export interface VideoInput extends ReadableInput {
  readonly source: string
}

/** Goes through pictures with one way of detection and through the videos among them with another. */
export function withVideos<Picture, Video>(
  detectInPictures: DetectInPictures<Picture>,
  openVideo: (input: VideoInput, detector: Detector) => Promise<Video>,
): DetectInPictures<Picture | Video> {
  return async function* detect(
    inputs: AsyncIterable<PictureInput>,
    detector: Detector,
  ): AsyncGenerator<Detection<Picture | Video>, void, undefined> {
    const list = inputs[Symbol.asyncIterator]()
    let video: VideoInput | undefined
    let hasEnded = false
    async function* untilVideo() {
      for (;;) {
        const step = await list.next()
        if (step.done) {
          hasEnded = true
          return
        }
        if (isVideo(step.value)) {
          video = step.value
          return
        }
        yield step.value
      }
    }
    while (!hasEnded) {
      video = undefined
      yield* detectInPictures(untilVideo(), detector)
      if (video) yield await open(video, detector, openVideo)
    }
  }
}

function isVideo(input: PictureInput): input is VideoInput {
  return isReadable(input) && typeof input.source === 'string' && isVideoName(input.source)
}

async function open<Video>(
  input: VideoInput,
  detector: Detector,
  openVideo: (input: VideoInput, detector: Detector) => Promise<Video>,
): Promise<Detection<Video>> {
  try {
    return { input, picture: await openVideo(input, detector) }
  } catch (error) {
    return { input, error }
  }
}
