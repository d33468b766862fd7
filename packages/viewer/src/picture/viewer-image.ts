import type { PixelImage } from '@retinaface/mesh-decoder'

/** The picture that faces were found in, upright: what `detect` was given, or its pixels. */
export type ViewerImage =
  | ImageBitmap
  | HTMLImageElement
  | HTMLCanvasElement
  | HTMLVideoElement
  | ImageData
  | PixelImage
