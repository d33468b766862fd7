import type { PictureInput } from './find-pictures.ts'
import { toPath } from './read-stream.ts'

/** A picture that there is something to read of. */
export interface ReadableInput extends PictureInput {
  readonly source: string | Uint8Array
}

export function isReadable(input: PictureInput): input is ReadableInput {
  const { source } = input
  return typeof source === 'string' || source instanceof Uint8Array
}

/** What the detector takes for the picture. */
export function toImageSource({ source }: ReadableInput): string | Uint8Array {
  return typeof source === 'string' ? toPath(source) : source
}
