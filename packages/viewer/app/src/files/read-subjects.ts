import { checkFaces } from '../../../src/face/check-faces.ts'
import { AppError } from '../content/app-error.ts'
import type { FaceModel } from '../content/face-model.ts'
import type { Subject } from '../content/subject.ts'
import { faceOfEntry } from './face-of-entry.ts'
import { quote, readPicture } from './read-picture.ts'
import type { PictureEntry } from './read-results.ts'

/**
 * A picture of results, without its photo.
 *
 * @throws {AppError} if its faces cannot be shown.
 */
export function subjectOf(entry: PictureEntry, model: FaceModel): Subject {
  const { width, height } = entry
  const name = baseName(entry.file)
  const faces = entry.faces.map((face) => faceOfEntry(face, model))
  try {
    checkFaces(faces)
  } catch (error) {
    throw new AppError(
      `The results of ${quote({ name })} are damaged.`,
      'A number in them is far too large. Make them again.',
      error,
    )
  }
  return { name, kind: 'results', faces, size: { width, height } }
}

/**
 * The same results over their photo.
 *
 * @throws {AppError} if the photo is of another size, or cannot be read.
 */
export async function attachPhoto(subject: Subject, file: File): Promise<Subject> {
  const image = await readPicture(file)
  const { width, height } = subject.size ?? image
  if (image.width === width && image.height === height) return { ...subject, image }
  const found = `${image.width} × ${image.height}`
  image.close()
  throw new AppError(
    `${quote(file)} is not the photo of these results.`,
    `They are of a picture of ${width} × ${height} pixels called ${quote(subject)}; this one has ${found}.`,
  )
}

/**
 * Which photo belongs to which picture of all results that came together: the one that is called
 * like it; the only photo belongs to the only picture.
 */
export function matchPhotos(
  entries: readonly PictureEntry[],
  photos: readonly File[],
): Map<PictureEntry, File> {
  const matched = new Map<PictureEntry, File>()
  const left = new Set(photos)
  for (const entry of entries) {
    const isOnly = entries.length === 1 && photos.length === 1
    const photo = photos.find(
      (file) => left.has(file) && (isOnly || file.name === baseName(entry.file)),
    )
    if (!photo) continue
    left.delete(photo)
    matched.set(entry, photo)
  }
  return matched
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) || path
}
