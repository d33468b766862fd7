import type { ViewerFace } from '../../../src/index.ts'

/** Something to be shown: a picture with its faces, or faces without a picture. */
export interface Subject {
  /** A file's name, or what takes its place. */
  readonly name: string
  readonly kind: 'photo' | 'results' | 'mesh' | 'made-up'
  readonly faces: readonly ViewerFace[]
  /** The upright picture. */
  readonly image?: ImageBitmap
  /** Size of the picture that results were made from, pixels. */
  readonly size?: { readonly width: number; readonly height: number }
}

/** As in `1 face` and `no faces`. */
export function countFaces(count: number): string {
  if (count === 0) return 'no faces'
  return count === 1 ? '1 face' : `${count} faces`
}

/** Frees the pictures of subjects that are no longer shown. */
export function closeSubjects(subjects: readonly Subject[]): void {
  for (const { image } of subjects) image?.close()
}
