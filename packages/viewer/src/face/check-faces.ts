import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { checkWeights } from './face-model.ts'
import type { ViewerFace, ViewerMesh } from './viewer-face.ts'

/** A face that has all that drawing needs. */
export type DrawableFace = ViewerFace & Required<Pick<ViewerFace, 'mesh' | 'camera' | 'anchor'>>

/** True if a face has a mesh with its camera. */
export function isDrawable(face: ViewerFace): face is DrawableFace {
  return face.mesh !== undefined && face.camera !== undefined && face.anchor !== undefined
}

/**
 * Checks that faces are what they say.
 *
 * @throws {InvalidArgumentError} naming the face and the array.
 */
export function checkFaces(faces: readonly ViewerFace[]): void {
  if (!Array.isArray(faces)) throw new InvalidArgumentError('faces', 'an array of faces', faces)
  for (let i = 0; i < faces.length; i++) {
    const face: ViewerFace | null | undefined = faces[i]
    if (typeof face !== 'object' || face === null) {
      throw new InvalidArgumentError(`faces[${i}]`, 'a face', face)
    }
    checkFace(face, i)
  }
}

function checkFace(face: ViewerFace, index: number): void {
  checkLandmarks(face.landmarks, index)
  if (!isDrawable(face)) return
  checkMesh(face.mesh, index)
  checkFloats(index, 'camera', face.camera, 7)
  if (face.light !== undefined) checkFloats(index, 'light', face.light, 9)
  if (!(face.camera[2]! < 0 && face.camera[6]! > 0)) {
    throw new InvalidArgumentError(
      `faces[${index}].camera`,
      'a face before the camera and a positive focal length',
      `z ${face.camera[2]} and ${face.camera[6]}`,
    )
  }
  checkAnchor(face.anchor, index)
  if (face.expressions !== undefined) {
    checkWeights(`faces[${index}].expressions`, face.expressions)
  }
}

function checkAnchor(anchor: DrawableFace['anchor'] | null, index: number): void {
  const { centre, size = 0 } = anchor ?? {}
  const isPlace = Number.isFinite(centre?.[0]) && Number.isFinite(centre?.[1])
  if (isPlace && size > 0 && size < Number.POSITIVE_INFINITY) return
  throw new InvalidArgumentError(
    `faces[${index}].anchor`,
    'a finite centre and a positive size',
    anchor && `${centre} and ${size}`,
  )
}

function checkMesh(mesh: ViewerMesh, index: number): void {
  if (typeof mesh !== 'object' || mesh === null) {
    throw new InvalidArgumentError(`faces[${index}].mesh`, 'a mesh', mesh)
  }
  const numbers = mesh.canonical?.length ?? 0
  if (numbers === 0 || numbers % 3 !== 0) {
    throw new InvalidArgumentError(
      `faces[${index}].mesh.canonical`,
      'three numbers for each of at least one vertex',
      mesh.canonical && numbers,
    )
  }
  checkFloats(index, 'mesh.canonical', mesh.canonical, numbers)
  checkFloats(index, 'mesh.positions', mesh.positions, numbers)
  checkFloats(index, 'mesh.colors', mesh.colors, numbers)
  if (mesh.normals) checkFloats(index, 'mesh.normals', mesh.normals, numbers)
  if (mesh.uv) checkFloats(index, 'mesh.uv', mesh.uv, (numbers / 3) * 2)
  checkTriangles(mesh.triangles, numbers / 3, index)
}

function checkFloats(index: number, name: string, values: Float32Array, length: number): void {
  const argument = `faces[${index}].${name}`
  if (classOf(values) !== 'Float32Array') {
    throw new InvalidArgumentError(argument, `a Float32Array of ${length}`, values)
  }
  if (values.length !== length) {
    throw new InvalidArgumentError(argument, `a Float32Array of ${length}`, `${values.length}`)
  }
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(values[i])) continue
    throw new InvalidArgumentError(argument, 'finite numbers', values[i])
  }
}

const INDICES: readonly unknown[] = ['Int32Array', 'Uint16Array', 'Uint32Array']

/** The class of an array of numbers by its name, which holds for arrays of other frames too. */
function classOf(values: unknown): string | undefined {
  return ArrayBuffer.isView(values) ? (values as Uint8Array)[Symbol.toStringTag] : undefined
}

/** Triangles known to be of meshes with that many vertices: all faces share theirs. */
const known = new WeakMap<ViewerMesh['triangles'], number>()

function checkTriangles(triangles: ViewerMesh['triangles'], vertices: number, index: number): void {
  const argument = `faces[${index}].mesh.triangles`
  if (
    !INDICES.includes(classOf(triangles)) ||
    triangles.length === 0 ||
    triangles.length % 3 !== 0
  ) {
    throw new InvalidArgumentError(argument, 'three vertex indices a triangle', triangles)
  }
  if (known.get(triangles) === vertices) return
  for (const vertex of triangles) {
    if (vertex >= 0 && vertex < vertices) continue
    throw new InvalidArgumentError(argument, `vertex indices below ${vertices}`, vertex)
  }
  known.set(triangles, vertices)
}

function checkLandmarks(landmarks: ViewerFace['landmarks'], index: number): void {
  if (landmarks === undefined) return
  const isPoints =
    Array.isArray(landmarks) &&
    landmarks.every((point) => Number.isFinite(point?.[0]) && Number.isFinite(point?.[1]))
  if (isPoints) return
  throw new InvalidArgumentError(`faces[${index}].landmarks`, 'finite [x, y] points', landmarks)
}
