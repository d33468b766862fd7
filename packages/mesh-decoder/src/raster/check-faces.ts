import { checkRows } from '../camera/check-length.ts'
import { InvalidArgumentError } from '../errors/retinaface-error.ts'

/** Checks that triangles ([triangles, 3]) are of a mesh's vertices. */
export function checkFaces(argument: string, triangles: Int32Array, vertexCount: number): void {
  checkRows(argument, triangles, 3)
  for (const vertex of triangles) {
    if (vertex >= 0 && vertex < vertexCount) continue
    throw new InvalidArgumentError(argument, `vertex indices below ${vertexCount}`, vertex)
  }
}
