import type { DeepPixelImage, PixelImage } from '@retinaface/core'
import sharp, { type Sharp } from 'sharp'
import type { PictureFormat } from './picture-facts.ts'

/** Pixels as sharp takes them; with 16 bits a sample they stay so. */
export function toSharp({ data, width, height, channels }: PixelImage | DeepPixelImage): Sharp {
  const picture = sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
  return data.BYTES_PER_ELEMENT === 2 ? picture.toColourspace('rgb16') : picture
}

/** How a picture is encoded. */
export interface EncodeOptions {
  /** 1 to 100, of formats that lose something; default 92, of AVIF 70. */
  readonly quality?: number | undefined
  /** WebP that loses nothing. */
  readonly lossless?: boolean
}

/** Encodes a picture in high quality, without any metadata. */
export function encodePicture(
  picture: Sharp,
  format: PictureFormat,
  { quality = format === 'avif' ? 70 : 92, lossless = false }: EncodeOptions = {},
): Promise<Buffer> {
  if (format === 'jpeg') return picture.jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer()
  if (format === 'webp') return picture.webp(lossless ? { lossless } : { quality }).toBuffer()
  if (format === 'avif') return picture.avif({ quality }).toBuffer()
  if (format === 'tiff') return picture.tiff({ compression: 'deflate' }).toBuffer()
  return picture.toFormat(format).toBuffer()
}
