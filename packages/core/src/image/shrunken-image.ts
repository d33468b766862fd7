import type { PixelImage } from './pixel-image.ts'

/** Size of a picture in whole pixels. */
export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** A picture that was shrunk while it was read: the whole of it in fewer pixels than it has. */
export interface ShrunkenImage extends ImageSize {
  readonly pixels: PixelImage
  /** All pixels, where they were asked for. */
  readonly whole?: PixelImage
}

/** Pixels and the size of the picture that they show, whether it was shrunk or not. */
export function toShrunkenImage(image: PixelImage | ShrunkenImage): ShrunkenImage {
  if ('pixels' in image) return image
  return { pixels: image, width: image.width, height: image.height }
}
