/** An indexed triangle mesh. */
export interface TriangleMesh {
  /** [vertices, 3] x, y, z. */
  readonly positions: Float32Array
  /** [triangles, 3] vertex indices, counter-clockwise as seen from outside. */
  readonly triangles: Int32Array
}

/** Number of vertices of a mesh. */
export function vertexCountOf(mesh: TriangleMesh): number {
  return mesh.positions.length / 3
}
