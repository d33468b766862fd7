/** The undirected edges of a triangle list and how many triangles share each. */
export interface Edges {
  /** [edges, 2] vertex pairs, the smaller index first, sorted. */
  readonly pairs: Int32Array
  /** [edges] number of triangles at each edge: 1 on the boundary, 2 inside a manifold. */
  readonly triangleCounts: Int32Array
}

/** Collect the undirected edges of `faces` ([triangles, 3]), sorted by smaller then larger vertex. */
export function collectEdges(triangles: ArrayLike<number>, vertexCount: number): Edges {
  const counts = new Map<number, number>()
  for (let corner = 0; corner < triangles.length; corner++) {
    const a = triangles[corner]!
    const b = triangles[corner % 3 === 2 ? corner - 2 : corner + 1]!
    const key = Math.min(a, b) * vertexCount + Math.max(a, b)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const keys = [...counts.keys()].sort((a, b) => a - b)
  return {
    pairs: Int32Array.from(
      keys.flatMap((key) => [Math.floor(key / vertexCount), key % vertexCount]),
    ),
    triangleCounts: Int32Array.from(keys, (key) => counts.get(key)!),
  }
}
