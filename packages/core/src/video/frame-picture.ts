import { cropImage, type PixelImage, type Region } from '../image/pixel-image.ts'

/** Pixels of a part of a frame, and where in the frame they begin. */
export interface FramePart {
  readonly x: number
  readonly y: number
  readonly image: PixelImage
}

/** A frame of a video in which faces are looked for. Pixels are made when they are asked for. */
export interface FramePicture {
  /** When it is shown, in seconds. */
  readonly time: number
  /** One value a pixel, or colours, of which green is taken. It has the size that boxes are in. */
  readonly lightness: PixelImage
  /** All pixels: 3 or 4 channels, sRGB. */
  whole(): PixelImage
  /** All pixels, with half of the columns and rows where that is cheaper to make. */
  half(): PixelImage
  /** The pixels of a part at least; it may begin a pixel before it and end one after it. */
  part(region: Region): FramePart
}

/**
 * A frame whose pixels are there.
 *
 * @param image 3 or 4 channels
 * @param time when it is shown, in seconds
 */
export function framePicture(image: PixelImage, time: number): FramePicture {
  return {
    time,
    lightness: image,
    whole: () => image,
    half: () => image,
    part: (region) => ({ x: region.x, y: region.y, image: cropImage(image, region) }),
  }
}
