import { vertexNormals } from '../light/vertex-normals.ts'
import { checkExportMesh, clip, type ExportMesh } from './export-mesh.ts'

/** The texts of a Wavefront OBJ file and of the MTL file that it refers to. */
export interface ObjFiles {
  readonly obj: string
  readonly mtl: string
}

/** Names inside OBJ files. */
export interface ObjOptions {
  /** Of the object, its material and, with `.mtl`, of the material file. Default `face`. */
  readonly name?: string
  /** Path of the texture's file; none by default. */
  readonly texture?: string
}

/**
 * Wavefront OBJ and MTL files of a face: positions in centimetres, normals, texture coordinates if
 * there are any; vertex colours follow the positions, sRGB-encoded, as many programs read them.
 *
 * @throws InvalidArgumentError if the arrays do not fit one another.
 */
export function writeObj(mesh: ExportMesh, options: ObjOptions = {}): ObjFiles {
  checkExportMesh(mesh)
  const { name = 'face', texture } = options
  const { positions, triangles, uv } = mesh
  const colors = mesh.colors?.map(clip)
  const normals = vertexNormals(positions, triangles)
  // The format has no unit.
  const lines = ['# Unit: centimetres', `mtllib ${name}.mtl`, `o ${name}`]
  for (let i = 0; i < positions.length; i += 3) {
    lines.push(`v ${numbers(positions, i, 3)}${colors ? ` ${numbers(colors, i, 3)}` : ''}`)
  }
  if (uv) {
    // OBJ counts v upwards.
    for (let i = 0; i < uv.length; i += 2)
      lines.push(`vt ${round(uv[i]!)} ${round(1 - uv[i + 1]!)}`)
  }
  for (let i = 0; i < normals.length; i += 3) lines.push(`vn ${numbers(normals, i, 3)}`)
  lines.push(`usemtl ${name}`)
  const corner = (vertex: number) => `${vertex + 1}/${uv ? vertex + 1 : ''}/${vertex + 1}`
  for (let i = 0; i < triangles.length; i += 3) {
    lines.push(`f ${[...triangles.subarray(i, i + 3)].map(corner).join(' ')}`)
  }
  return { obj: `${lines.join('\n')}\n`, mtl: materialText(name, texture) }
}

function materialText(name: string, texture: string | undefined): string {
  const lines = [`newmtl ${name}`, 'Ka 1 1 1', 'Kd 1 1 1', 'Ks 0 0 0', 'illum 1']
  if (texture) lines.push(`map_Kd ${texture}`)
  return `${lines.join('\n')}\n`
}

function numbers(values: Float32Array, from: number, count: number): string {
  return Array.from(values.subarray(from, from + count), round).join(' ')
}

/** Six decimals: a hundredth of a micrometre. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
