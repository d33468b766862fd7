import type { PixelImage } from '@retinaface/core'
import { readEncoded } from '@retinaface/node'
import sharp, { type Sharp } from 'sharp'
import type { PictureInput } from '../inputs/find-pictures.ts'
import { type ReadableInput, toImageSource } from '../inputs/readable-input.ts'
import { isPictureName } from '../inputs/walk-folder.ts'

/** The formats that are written: those that can be read. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff' | 'gif'

/** Pixels as sharp takes them. */
export function toSharp({ data, width, height, channels }: PixelImage): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false })
}

/** The format of a picture that was read before. */
export async function readFormat(input: ReadableInput): Promise<PictureFormat> {
  const bytes = await readEncoded(toImageSource(input))
  const { format } = await sharp(bytes, { limitInputPixels: false }).metadata()
  return format === 'heif' ? 'avif' : (format as PictureFormat)
}

/** Where a picture goes that keeps its format: a file keeps its name, others get an ending. */
export function outputName({ source, outputPath }: PictureInput, format: PictureFormat): string {
  const isNamed = typeof source === 'string' || isPictureName(outputPath)
  return isNamed ? outputPath : `${outputPath}.${format}`
}

/** Encodes a picture in high quality, without any metadata. */
export function encodePicture(picture: Sharp, format: PictureFormat): Promise<Buffer> {
  if (format === 'jpeg') return picture.jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer()
  if (format === 'webp') return picture.webp({ quality: 92 }).toBuffer()
  if (format === 'avif') return picture.avif({ quality: 70 }).toBuffer()
  if (format === 'tiff') return picture.tiff({ compression: 'deflate' }).toBuffer()
  return picture.toFormat(format).toBuffer()
}
