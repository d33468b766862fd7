import type { DetectInPictures, Detector } from '../detection/detection.ts'
import { withOthers } from '../detection/with-others.ts'
import type { ReadableInput } from '../inputs/readable-input.ts'
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
  return withOthers(
    detectInPictures,
    ({ source }) => typeof source === 'string' && isVideoName(source),
    (input, detector) => openVideo(input as VideoInput, detector),
  )
}
