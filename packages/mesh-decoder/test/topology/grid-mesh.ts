import {
  type BaseMesh,
  buildMeshTopology,
  type MeshTopology,
} from '../../src/topology/mesh-topology.ts'
import { mirrorVertices } from '../../src/topology/mirror-vertices.ts'

/** A bulging sheet of columns × rows vertices, symmetric in x if columns is odd. */
export function gridMesh(columns: number, rows: number): BaseMesh {
  const positions: number[] = []
  const uv: number[] = []
  const triangles: number[] = []
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = column - (columns - 1) / 2
      const y = row - (rows - 1) / 2
      positions.push(x, y, 3 * Math.cos(x / columns) * Math.cos(y / rows + 0.2))
      uv.push(column / (columns - 1), row / (rows - 1))
    }
  }
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const a = row * columns + column
      const [b, c, d] = [a + 1, a + columns, a + columns + 1]
      // Diagonals lean to the middle on both sides.
      if (column < (columns - 1) / 2) triangles.push(a, b, d, a, d, c)
      else triangles.push(a, b, c, b, d, c)
    }
  }
  const mesh = { positions: Float32Array.from(positions), triangles: Int32Array.from(triangles) }
  return { ...mesh, uv: Float32Array.from(uv), mirror: mirrorVertices(mesh.positions) }
}

/** Levels of 8, 24 and 63 vertices and, by subdivision, 221. */
export function smallTopology(): MeshTopology {
  return buildMeshTopology(gridMesh(7, 9), [8, 24])
}

/** Levels as large as those of the face: 8, 30, 117, 475 and 1,813 vertices. */
export function largeTopology(): MeshTopology {
  return buildMeshTopology(gridMesh(19, 25), [8, 30, 117])
}
