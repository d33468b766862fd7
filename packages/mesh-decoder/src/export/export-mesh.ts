import { checkLength, checkRows } from '../camera/check-length.ts'
import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import { checkFaces } from '../raster/check-faces.ts'

/** A face to be written to a file; normals are computed. */
export interface ExportMesh {
  /** [vertices, 3] canonical frame, centimetres. */
  readonly positions: Float32Array
  /** [triangles, 3] vertex indices, counter-clockwise as seen from outside. */
  readonly triangles: Int32Array
  /** [vertices, 3] red, green and blue, sRGB-encoded, clipped to 0..1. */
  readonly colors?: Float32Array
  /** [vertices, 2] texture coordinates, origin at the top left, v down. */
  readonly uv?: Float32Array
}

/** Checks that a mesh's arrays fit one another and are finite, and every index is of a vertex. */
export function checkExportMesh({ positions, triangles, colors, uv }: ExportMesh): void {
  checkRows('mesh.positions', positions, 3)
  const count = positions.length / 3
  checkFaces('mesh.triangles', triangles, count)
  if (colors) checkLength('mesh.colors', colors, count * 3)
  if (uv) checkLength('mesh.uv', uv, count * 2)
  if (triangles.length === 0)
    throw new InvalidArgumentError('mesh.triangles', 'at least one triangle', 0)
  checkFinite('mesh.positions', positions)
  if (colors) checkFinite('mesh.colors', colors)
  if (uv) checkFinite('mesh.uv', uv)
}

function checkFinite(argument: string, values: Float32Array): void {
  const infinite = values.find((value) => !Number.isFinite(value))
  if (infinite !== undefined) throw new InvalidArgumentError(argument, 'finite numbers', infinite)
}

/** `value` between 0 and 1. */
export function clip(value: number): number {
  return Math.min(1, Math.max(0, value))
}
