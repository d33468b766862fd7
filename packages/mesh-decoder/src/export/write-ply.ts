import { vertexNormals } from '../light/vertex-normals.ts'
import { asciiBytes, concatBytes } from './bytes.ts'
import { checkExportMesh, clip, type ExportMesh } from './export-mesh.ts'

/**
 * A binary little-endian PLY file of a face: positions in centimetres, normals, and, if there are
 * any, texture coordinates (s, t, origin at the bottom left) and 8-bit sRGB colours.
 *
 * @throws InvalidArgumentError if the arrays do not fit one another.
 */
export function writePly(mesh: ExportMesh): Uint8Array {
  checkExportMesh(mesh)
  return concatBytes([asciiBytes(headerOf(mesh)), vertexBytes(mesh), faceBytes(mesh.triangles)])
}

function headerOf({ positions, triangles, colors, uv }: ExportMesh): string {
  const floats = ['x', 'y', 'z', 'nx', 'ny', 'nz', ...(uv ? ['s', 't'] : [])]
  const lines = [
    'ply',
    'format binary_little_endian 1.0',
    'comment centimetres',
    `element vertex ${positions.length / 3}`,
    ...floats.map((name) => `property float ${name}`),
    ...(colors ? ['red', 'green', 'blue'] : []).map((name) => `property uchar ${name}`),
    `element face ${triangles.length / 3}`,
    'property list uchar int vertex_indices',
    'end_header',
  ]
  return `${lines.join('\n')}\n`
}

function vertexBytes({ positions, triangles, colors, uv }: ExportMesh): Uint8Array {
  const normals = vertexNormals(positions, triangles)
  const count = positions.length / 3
  const bytes = new Uint8Array(count * (24 + (uv ? 8 : 0) + (colors ? 3 : 0)))
  const view = new DataView(bytes.buffer)
  let at = 0
  const putFloat = (value: number) => {
    view.setFloat32(at, value, true)
    at += 4
  }
  for (let vertex = 0; vertex < count; vertex++) {
    for (let k = 0; k < 3; k++) putFloat(positions[vertex * 3 + k]!)
    for (let k = 0; k < 3; k++) putFloat(normals[vertex * 3 + k]!)
    if (uv) {
      putFloat(uv[vertex * 2]!)
      putFloat(1 - uv[vertex * 2 + 1]!)
    }
    if (!colors) continue
    for (let k = 0; k < 3; k++) bytes[at++] = Math.round(clip(colors[vertex * 3 + k]!) * 255)
  }
  return bytes
}

function faceBytes(triangles: Int32Array): Uint8Array {
  const bytes = new Uint8Array((triangles.length / 3) * 13)
  const view = new DataView(bytes.buffer)
  for (let i = 0, at = 0; i < triangles.length; i += 3, at += 13) {
    bytes[at] = 3
    for (let k = 0; k < 3; k++) view.setInt32(at + 1 + k * 4, triangles[i + k]!, true)
  }
  return bytes
}
