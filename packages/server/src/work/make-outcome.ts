import {
  ARCFACE_TEMPLATE,
  alignFaces,
  type CancelSignal,
  type Face,
  type FaceDetector,
  findFacesToHide,
  hideFaces,
  ImageReadError,
  type PixelImage,
} from '@retinaface/core'
import type { NodeImageSource } from '@retinaface/node'
import {
  annotatePicture,
  bakeFace,
  drawOverlay,
  encodePicture,
  exportFace,
  type FaceEntry,
  hasMesh,
  type PosedFace,
  readFaceTopology,
  readPictureFacts,
  toExpressionEntry,
  toFaceEntry,
  toMeshEntry,
  toSharp,
} from '@retinaface/node/results'
import { strToU8, zipSync } from 'fflate'
import type { CropEntry, Outcome, PictureJob, SentFormat, Task } from './picture-job.ts'

type Made = Omit<Outcome, 'seconds'>
type TaskOf<Kind extends Task['kind']> = Extract<Task, { kind: Kind }>

/** Finds the faces of a picture and makes of them what is to be sent. */
export async function makeOutcome(
  retinaface: FaceDetector<NodeImageSource>,
  { bytes, task }: PictureJob,
  signal: CancelSignal,
): Promise<Made> {
  const detect = { ...task.detect, signal }
  if (task.kind === 'detect' && task.as === 'json') {
    const { width, height, faces } = await retinaface.detectSized(bytes, detect)
    return { width, height, faces: faces.map(toEntry) }
  }
  const image = await retinaface.readImage(bytes, signal)
  const find = task.kind === 'blur' ? findFacesToHide : detectPlainly
  const faces = await find(retinaface, image, detect)
  switch (task.kind) {
    case 'detect': {
      const file = await encode(annotatePicture(image, faces), task.as as SentFormat)
      return { ...sized(image, faces.map(toEntry)), file }
    }
    case 'align':
      return align(image, faces, task)
    case 'blur':
      return blur(image, faces, bytes, task)
    case 'mesh':
      return mesh(image, faces, task)
  }
}

const detectPlainly: typeof findFacesToHide = (retinaface, image, options) =>
  retinaface.detect(image, options)

async function align(
  image: PixelImage,
  faces: readonly Face[],
  { as, size, format }: TaskOf<'align'>,
): Promise<Made> {
  const scale = size / ARCFACE_TEMPLATE.width
  const entries: CropEntry[] = []
  const files: Record<string, Uint8Array> = {}
  for (const [i, { image: crop, transform }] of alignFaces(image, faces, { scale }).entries()) {
    const encoded = await encodePicture(toSharp(crop), format)
    const entry = { ...toFaceEntry(faces[i]!), transform }
    files[`${i + 1}.${format === 'jpeg' ? 'jpg' : 'png'}`] = encoded
    entries.push(as === 'json' ? { ...entry, crop: encoded.toString('base64') } : entry)
  }
  const result = sized(image, entries)
  return as === 'json' ? result : { ...result, file: archive(files, result) }
}

async function blur(
  image: PixelImage,
  faces: readonly Face[],
  bytes: Uint8Array,
  { as, style, margin, quality }: TaskOf<'blur'>,
): Promise<Made> {
  const { format, pages, lossless } = await readPictureFacts(bytes)
  if (pages > 1) {
    // Only the first is looked at; the others would be lost or show faces.
    const reason = `it has ${pages} pages or frames, of which only the first is looked at. Send each by itself.`
    throw new ImageReadError('the picture in memory', reason)
  }
  const hidden = toSharp(hideFaces(image, faces, { style, margin }))
  const wanted = as === 'json' || as === 'same' ? format : as
  const encoded = await encodePicture(hidden, wanted, { quality, lossless })
  return {
    ...sized(image, faces.map(toFaceEntry)),
    file: { bytes: encoded, type: `image/${wanted}` },
  }
}

async function mesh(
  image: PixelImage,
  faces: readonly Face[],
  { as, texture, face: number }: TaskOf<'mesh'>,
): Promise<Made> {
  const posed = faces.filter(hasMesh)
  const result = sized(image, as === 'json' ? faces.map(toEntry) : posed.map(toFaceEntry))
  if (as === 'json') return result
  if (as === 'glb') {
    const chosen = posed[number - 1]
    if (!chosen) return result
    return {
      ...result,
      file: { bytes: await toGlb(image, chosen, texture), type: 'model/gltf-binary' },
    }
  }
  if (as === 'zip') {
    const files: Record<string, Uint8Array> = {}
    for (const [i, face] of posed.entries())
      files[`${i + 1}.glb`] = await toGlb(image, face, texture)
    return { ...result, file: archive(files, result) }
  }
  const surface = texture === 'image' ? 'clay' : 'model'
  return { ...result, file: await encode(toSharp(drawOverlay(image, posed, surface)), as) }
}

async function toGlb(
  image: PixelImage,
  face: PosedFace,
  texture: 'model' | 'image',
): Promise<Uint8Array> {
  const mirror = texture === 'image' ? (await readFaceTopology()).mirror : undefined
  const baked = mirror && bakeFace(image, face, mirror)
  const { value: file } = await exportFace(face, 'face', new Set(['glb']), baked).next()
  return file!.data
}

function toEntry(face: Face): FaceEntry {
  return { ...toFaceEntry(face), ...toMeshEntry(face, false), ...toExpressionEntry(face) }
}

function sized<Entry extends FaceEntry>({ width, height }: PixelImage, faces: readonly Entry[]) {
  return { width, height, faces }
}

async function encode(picture: Parameters<typeof encodePicture>[0], format: SentFormat) {
  return { bytes: await encodePicture(picture, format), type: `image/${format}` }
}

/** Files that are compressed already, and what is known of them as `index.json`. */
function archive(files: Readonly<Record<string, Uint8Array>>, index: Made) {
  const all = { ...files, 'index.json': strToU8(JSON.stringify(index)) }
  return { bytes: zipSync(all, { level: 0 }), type: 'application/zip' }
}
