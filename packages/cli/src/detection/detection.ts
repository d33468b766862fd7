import type { Face, FaceDetector, PixelImage } from '@retinaface/core'
import type { NodeImageSource } from '@retinaface/node'
import type { PictureInput } from '../inputs/find-pictures.ts'
import type { ReadableInput } from '../inputs/readable-input.ts'
import type { PictureDetectOptions } from '../options/detection-options.ts'

/** A picture with its faces. */
export interface DetectedPicture {
  readonly input: ReadableInput
  /** In pixels of the upright picture. */
  readonly width: number
  readonly height: number
  readonly faces: readonly Face[]
}

/** A picture with its faces and pixels. */
export interface PictureWithPixels extends DetectedPicture {
  /** Upright pixels. */
  readonly image: PixelImage
}

/** What became of a picture. */
export type Detection<Picture> =
  | { readonly input: PictureInput; readonly picture: Picture }
  | { readonly input: PictureInput; readonly error: unknown }

/** What pictures are looked at with. */
export interface Detector {
  /** Told how far a video is, 0 to 1. */
  readonly onShare?: (share: number) => void
  /** Stops the work on a video. */
  readonly signal?: AbortSignal
  readonly retinaface: FaceDetector<NodeImageSource>
  readonly detectOptions: PictureDetectOptions
}

/** A way to go through pictures: one result for each, in their order, some begun ahead. */
export type DetectInPictures<Picture> = (
  inputs: AsyncIterable<PictureInput>,
  detector: Detector,
) => AsyncGenerator<Detection<Picture>, void, undefined>
