import type { PictureFormat } from '@retinaface/node/results'
import type { PictureInput } from '../inputs/find-pictures.ts'
import { isPictureName } from '../inputs/walk-folder.ts'

/** Where a picture goes that keeps its format: a file keeps its name, others get an ending. */
export function outputName({ source, outputPath }: PictureInput, format: PictureFormat): string {
  const isNamed = typeof source === 'string' || isPictureName(outputPath)
  return isNamed ? outputPath : `${outputPath}.${format}`
}
