import type { PictureFacts } from '@retinaface/node/results'
import type { PictureInput } from '../inputs/find-pictures.ts'
import { isPictureName } from '../inputs/walk-folder.ts'

/**
 * Where a picture goes that keeps its format: a file keeps its name, others get an ending, and so does
 * HEIC, which is written as JPEG.
 */
export function outputName(
  { source, outputPath }: PictureInput,
  { format, isHeic }: Pick<PictureFacts, 'format' | 'isHeic'>,
): string {
  if (isHeic) return nameOfHeic(outputPath)
  const isNamed = typeof source === 'string' || isPictureName(outputPath)
  return isNamed ? outputPath : `${outputPath}.${format}`
}

/** Beside `photo.heic` phones may write a `photo.jpg`, so the whole name is kept: `photo.heic.jpg`. */
export function nameOfHeic(outputPath: string): string {
  return `${outputPath}.jpg`
}
