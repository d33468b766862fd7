import type { Face, FaceDetector, PixelImage } from '@retinaface/core'
import type { NodeImageSource } from '@retinaface/node'
import type { PictureInput } from '../inputs/find-pictures.ts'
import type { ReadableInput } from '../inputs/readable-input.ts'
import type { PictureDetectOptions } from '../options/detection-options.ts'

/** A picture with its faces. */
export interface LookedAtPicture {
  readonly input: ReadableInput
  /** In pixels of the upright picture. */
  readonly width: number
  readonly height: number
  readonly faces: readonly Face[]
}

/** A picture with its faces and pixels. */
export interface PictureWithPixels extends LookedAtPicture {
  /** Upright pixels. */
  readonly image: PixelImage
}

/** What became of a picture. */
export type Look<Picture> =
  | { readonly input: PictureInput; readonly picture: Picture }
  | { readonly input: PictureInput; readonly error: unknown }

/** What pictures are looked at with. */
export interface Finder {
  readonly retinaface: FaceDetector<NodeImageSource>
  readonly detectOptions: PictureDetectOptions
}

/** A way to go through pictures: one look for each, in their order, some begun ahead. */
export type LookAtPictures<Picture> = (
  inputs: AsyncIterable<PictureInput>,
  finder: Finder,
) => AsyncGenerator<Look<Picture>, void, undefined>
