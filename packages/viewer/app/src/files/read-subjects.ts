import { AppError } from '../content/app-error.ts'
import type { FaceModel } from '../content/face-model.ts'
import type { Subject } from '../content/subject.ts'
import { faceOfEntry } from './face-of-entry.ts'
import { quote, readPicture } from './read-picture.ts'
import { type PictureEntry, readResults } from './read-results.ts'

/**
 * Reads results, and the photos that belong to them.
 *
 * @param photos what was dropped with them; those that belong to results are taken out
 * @throws {AppError}
 */
export async function readSubjects(
  text: string,
  file: File,
  photos: Set<File>,
  { model }: { readonly model: FaceModel },
): Promise<Subject[]> {
  const entries = readResults(text, file)
  const subjects: Subject[] = []
  for (const entry of entries) {
    const { width, height } = entry
    const subject: Subject = {
      name: baseName(entry.file),
      kind: 'results',
      faces: entry.faces.map((face) => faceOfEntry(face, model)),
      size: { width, height },
    }
    const photo = photoOf(entry, photos, entries.length)
    if (photo) photos.delete(photo)
    subjects.push(photo ? await attachPhoto(subject, photo) : subject)
  }
  return subjects
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

/** The photo that is called like an entry's; a single photo belongs to a single entry. */
function photoOf(
  entry: PictureEntry,
  photos: ReadonlySet<File>,
  entries: number,
): File | undefined {
  const [first] = photos
  if (entries === 1 && photos.size === 1) return first
  return [...photos].find(({ name }) => name === baseName(entry.file))
}

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) || path
}
