import type { PictureInput } from './find-pictures.ts'

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
  // A file may be named like a URL; it is a path all the same.
  const isLikeUrl = typeof source === 'string' && source.startsWith('file:')
  return isLikeUrl ? `./${source}` : source
}
