import { buildMeshTopology, writeMeshTopology } from '@retinaface/mesh-decoder'
import { readCanonicalFace } from './canonical-face.ts'

/** Vertices of the levels below MediaPipe's 468: a quarter each time, as in CoMA. */
const COARSE_VERTEX_COUNTS = [8, 30, 117]

/** The face topology 8 → 30 → 117 → 468 → 1833 as the bytes of a tensor file. */
export async function buildTopology(): Promise<Uint8Array> {
  const topology = buildMeshTopology(await readCanonicalFace(), COARSE_VERTEX_COUNTS)
  return writeMeshTopology(
    topology,
    'MediaPipe canonical face model, from the npm package @mediapipe/face_mesh, Apache-2.0',
  )
}
