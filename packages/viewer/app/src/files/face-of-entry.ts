import { imageToAnchor, rotationMatrix } from '@retinaface/mesh-decoder'
import type { ViewerFace } from '../../../src/index.ts'
import { AppError } from '../content/app-error.ts'
import type { FaceModel } from '../content/face-model.ts'
import { splitVertices } from '../content/split-vertices.ts'
import type { FaceEntry } from './read-results.ts'

/** How far decoded vertices may be from written ones, as a share of the face's anchor. */
const TOLERANCE = 0.02
/** Of vertices whose colour nobody knows: a grey that takes the light well. */
const UNKNOWN_COLOR = 0.72

/**
 * A face of results as the viewer takes it.
 *
 * Results hold the vertices over the picture only. What they were decoded from is decoded again; where
 * that gives other vertices, since another decoder made them, the head's own frame is computed from
 * the vertices and the camera, and `latent` is left out.
 *
 * @throws {AppError} if it is not a mesh of this topology, or not before its camera.
 */
export function faceOfEntry(entry: FaceEntry, model: FaceModel): ViewerFace {
  const { score, box, landmarks, pose, anchor } = entry
  const { decoder, triangles, uv } = model
  const positions = Float32Array.from(entry.mesh.positions.flat())
  const camera = Float32Array.from(entry.camera)
  if (positions.length !== decoder.vertexCount * 3) {
    throw new AppError(
      'These meshes are of another kind.',
      `Expected ${decoder.vertexCount} vertices but one has ${positions.length / 3}. Make the results again with this version.`,
    )
  }
  if (!(camera[2]! < 0 && camera[6]! > 0 && anchor.size > 0)) {
    throw new AppError('A face is behind its camera.', 'The results are damaged: make them again.')
  }
  const latent = entry.latent && Float32Array.from(entry.latent)
  const decoded = latent && decodeLike(positions, camera, latent, entry, model)
  const canonical = decoded?.canonical ?? toCanonicalFrame(positions, camera, anchor)
  const written = entry.mesh.colors && Float32Array.from(entry.mesh.colors.flat())
  const colors = written?.length === positions.length ? written : decoded?.colors
  return {
    ...(score !== undefined && { score }),
    ...(box && { box }),
    ...(landmarks && { landmarks }),
    ...(pose && { pose }),
    ...(entry.light && { light: Float32Array.from(entry.light) }),
    ...(decoded && latent && { latent }),
    anchor,
    camera,
    mesh: {
      positions,
      canonical,
      colors: colors ?? new Float32Array(positions.length).fill(UNKNOWN_COLOR),
      triangles,
      uv,
    },
  }
}

/** What `latent` decode to, if that is where the vertices were written. */
function decodeLike(
  positions: Float32Array,
  camera: Float32Array,
  latent: Float32Array,
  { anchor }: FaceEntry,
  { decoder }: FaceModel,
): ReturnType<typeof splitVertices> | undefined {
  if (latent.length !== decoder.latentSize) return undefined
  const placed = decoder.decodeInImage(latent, camera, anchor).positions
  const farthest = positions.reduce((far, x, i) => Math.max(far, Math.abs(x - placed[i]!)), 0)
  return farthest <= TOLERANCE * anchor.size ? splitVertices(decoder.decode(latent)) : undefined
}

/** Takes vertices over the picture ([vertices, 3] x, y and depth, pixels) to the head's own frame. */
export function toCanonicalFrame(
  positions: Float32Array,
  camera: Float32Array,
  anchor: FaceEntry['anchor'],
): Float32Array {
  const points = imageToAnchor(positions, anchor)
  const [tx, ty, origin, focal] = [camera[0]!, camera[1]!, -camera[2]!, camera[6]!]
  const r = rotationMatrix(camera.subarray(3, 6))
  for (let i = 0; i < points.length; i += 3) {
    // Depth to distance, and the pinhole undone: docs/coordinate-frames.md.
    const distance = origin * (1 + points[i + 2]! / focal)
    const x = (points[i]! * distance) / focal - tx
    const y = (-points[i + 1]! * distance) / focal - ty
    const z = origin - distance
    for (let k = 0; k < 3; k++) points[i + k] = r[k]! * x + r[3 + k]! * y + r[6 + k]! * z
  }
  return points
}
