import { AppError } from '../content/app-error.ts'
import { explainError } from '../content/explain-error.ts'
import type { FaceModel } from '../content/face-model.ts'
import { standMesh } from '../content/stand-mesh.ts'
import type { Subject } from '../content/subject.ts'
import { detectFaces, type Tell } from '../detect/detector.ts'
import { type FileKind, kindOf } from './file-kind.ts'
import { readGlb } from './read-glb.ts'
import { quote, readPicture } from './read-picture.ts'
import { type PictureEntry, readResults } from './read-results.ts'
import { attachPhoto, matchPhotos, subjectOf } from './read-subjects.ts'

/** What files are read with. */
export interface ReadingTools {
  readonly model: FaceModel
  readonly signal: AbortSignal
  readonly tell: Tell
}

/** What was read, and what could not be. */
export interface ReadFiles {
  readonly subjects: readonly Subject[]
  readonly problems: readonly AppError[]
}

/** More bytes than any result that a page could show. */
const MOST_BYTES = 256 * 2 ** 20

/**
 * Reads files that were dropped together: photos, in which faces are then looked for, results with
 * or without their photos, and meshes, which stand side by side.
 *
 * @throws the signal's reason
 */
export async function readFiles(files: readonly File[], tools: ReadingTools): Promise<ReadFiles> {
  const problems: AppError[] = []
  const attempt = async <Result>(read: () => Promise<Result>): Promise<Result | undefined> => {
    tools.signal.throwIfAborted()
    return read().catch((error: unknown) => {
      tools.signal.throwIfAborted()
      const problem = explainError(error)
      if (problems.every(({ message }) => message !== problem.message)) problems.push(problem)
      return undefined
    })
  }
  tools.tell(
    files.length === 1 ? `Reading ${quote(files[0]!)} …` : `Reading ${files.length} files …`,
  )
  const sorted = await sortFiles(files)
  const subjects: Subject[] = []
  const entries: PictureEntry[] = []
  for (const file of sorted.results) {
    const read = await attempt(async () => readResults(await textOf(file), file))
    entries.push(...(read ?? []))
  }
  const matched = matchPhotos(entries, sorted.picture)
  for (const entry of entries) {
    const subject = await attempt(async () => subjectOf(entry, tools.model))
    const photo = matched.get(entry)
    const whole = subject && photo && (await attempt(() => attachPhoto(subject, photo)))
    if (subject) subjects.push(whole ?? subject)
  }
  if (sorted.glb.length > 0) {
    const meshes = await Promise.all(
      sorted.glb.map((file) => attempt(() => meshOf(file, tools.signal))),
    )
    const faces = meshes.filter((mesh) => mesh !== undefined)
    const name = sorted.glb.length === 1 ? sorted.glb[0]!.name : `${faces.length} meshes`
    const standing = faces.map((mesh, place) => standMesh(mesh, { place }))
    if (faces.length > 0) subjects.push({ name, kind: 'mesh', faces: standing })
  }
  const taken = new Set(matched.values())
  const photos = sorted.picture.filter((file) => !taken.has(file))
  for (const [place, file] of photos.entries()) {
    const tell = countingTell(tools.tell, place + 1, photos.length)
    const read = await attempt(() => readPhoto(file, { ...tools, tell }))
    if (read) subjects.push(read)
  }
  return { subjects, problems }
}

async function sortFiles(files: readonly File[]): Promise<Record<FileKind, File[]>> {
  const sorted: Record<FileKind, File[]> = { glb: [], results: [], picture: [] }
  for (const file of files) {
    // A file that cannot be read at all fails again where its reader says so.
    const kind = await kindOf(file).catch(() => 'picture' as const)
    sorted[kind].push(file)
  }
  return sorted
}

async function readPhoto(file: File, { signal, tell }: ReadingTools): Promise<Subject> {
  const image = await readPicture(file)
  try {
    const faces = await detectFaces(image, signal, tell)
    return { name: file.name, kind: 'photo', faces, image }
  } catch (error) {
    image.close()
    throw error
  }
}

async function meshOf(file: File, signal: AbortSignal) {
  checkSize(file)
  return readGlb(new Uint8Array(await file.arrayBuffer()), file, signal)
}

async function textOf(file: File): Promise<string> {
  checkSize(file)
  return file.text()
}

function checkSize(file: File): void {
  if (file.size <= MOST_BYTES) return
  const size = Math.round(file.size / 2 ** 20)
  throw new AppError(
    `${quote(file)} is too large.`,
    `It has ${size} MB; at most ${MOST_BYTES / 2 ** 20} MB are read. Take fewer pictures at a time.`,
  )
}

function countingTell(tell: Tell, place: number, count: number): Tell {
  if (count === 1) return tell
  return (text, share = 0) =>
    tell(`Picture ${place} of ${count}: ${text}`, (place - 1 + share) / count)
}
