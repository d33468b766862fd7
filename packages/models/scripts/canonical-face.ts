import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { BinaryReader } from '@bufbuild/protobuf/wire'
import { type BaseMesh, mirrorVertices } from '@retinaface/mesh-decoder'

const PACKED_ASSETS = 'face_mesh_solution_packed_assets.data'
const LOADER = 'face_mesh_solution_packed_assets_loader.js'
const ASSET = 'geometry_pipeline_metadata_landmarks.binarypb'

/** Field numbers of MediaPipe's `GeometryPipelineMetadata` and `Mesh3d` messages. */
const CANONICAL_MESH = 1
const VERTEX_BUFFER = 3
const INDEX_BUFFER = 4

/** x, y, z, u, v. */
const VERTEX_FLOATS = 5

/** Reads MediaPipe's canonical face (468 vertices, 898 triangles) from its npm package. */
export async function readCanonicalFace(): Promise<BaseMesh> {
  const { vertices, triangles } = readMesh(canonicalMesh(await readAsset()))
  if (vertices.length !== 468 * VERTEX_FLOATS || triangles.length !== 898 * 3) {
    throw new Error(
      `Expected 468 vertices and 898 triangles in ${ASSET} but found ${vertices.length / VERTEX_FLOATS} and ${triangles.length / 3}. Was another version of @mediapipe/face_mesh installed?`,
    )
  }
  const positions = Float32Array.from(vertices.filter((_, i) => i % VERTEX_FLOATS < 3))
  const uv = Float32Array.from(vertices.filter((_, i) => i % VERTEX_FLOATS >= 3))
  return { positions, uv, triangles: Int32Array.from(triangles), mirror: mirrorVertices(positions) }
}

async function readAsset(): Promise<Uint8Array> {
  const folder = dirname(
    createRequire(import.meta.url).resolve('@mediapipe/face_mesh/package.json'),
  )
  const loader = await readFile(join(folder, LOADER), 'utf8')
  const entry = new RegExp(`${ASSET}", "start": (\\d+), "end": (\\d+)`).exec(loader)
  if (entry === null) throw new Error(`Expected ${LOADER} to list ${ASSET}.`)
  const packed = await readFile(join(folder, PACKED_ASSETS))
  return packed.subarray(Number(entry[1]), Number(entry[2]))
}

function canonicalMesh(metadata: Uint8Array): Uint8Array {
  const reader = new BinaryReader(metadata)
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag()
    if (field === CANONICAL_MESH) return reader.bytes()
    reader.skip(wireType, field)
  }
  throw new Error(`Expected a canonical mesh in ${ASSET}.`)
}

function readMesh(mesh: Uint8Array): { vertices: number[]; triangles: number[] } {
  const reader = new BinaryReader(mesh)
  const vertices: number[] = []
  const triangles: number[] = []
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag()
    if (field === VERTEX_BUFFER) vertices.push(reader.float())
    else if (field === INDEX_BUFFER) triangles.push(reader.uint32())
    else reader.skip(wireType, field)
  }
  return { vertices, triangles }
}
