import { collectEdges } from '../topology/edges.ts'

/**
 * The Laplacian L = D − A of an undirected graph in compressed rows: row i has the diagonal entry
 * `rowStarts[i + 1] − rowStarts[i]` (the degree) and −1 at each neighbour.
 */
export interface GraphLaplacian {
  /** [vertices + 1] where each vertex's neighbours begin, and the end of the last. */
  readonly rowStarts: Int32Array
  /** [2 × edges] neighbours of each vertex, ascending. */
  readonly neighbours: Int32Array
}

/** The Laplacian of the edges of a triangle list ([triangles, 3]). */
export function graphLaplacian(triangles: Int32Array, vertexCount: number): GraphLaplacian {
  const { pairs } = collectEdges(triangles, vertexCount)
  const rowStarts = new Int32Array(vertexCount + 1)
  for (const vertex of pairs) rowStarts[vertex + 1]!++
  for (let vertex = 0; vertex < vertexCount; vertex++) rowStarts[vertex + 1]! += rowStarts[vertex]!
  const neighbours = new Int32Array(pairs.length)
  const free = rowStarts.slice()
  const add = (vertex: number, neighbour: number) => {
    neighbours[free[vertex]!++] = neighbour
  }
  for (let i = 0; i < pairs.length; i += 2) {
    add(pairs[i]!, pairs[i + 1]!)
    add(pairs[i + 1]!, pairs[i]!)
  }
  for (let vertex = 0; vertex < vertexCount; vertex++) {
    neighbours.subarray(rowStarts[vertex], rowStarts[vertex + 1]).sort()
  }
  return { rowStarts, neighbours }
}

/** dst = L x for one channel ([vertices]). */
export function applyLaplacian(
  { rowStarts, neighbours }: GraphLaplacian,
  x: Float64Array,
  dst: Float64Array,
): void {
  for (let row = 0; row < x.length; row++) {
    const end = rowStarts[row + 1]!
    let sum = (end - rowStarts[row]!) * x[row]!
    for (let k = rowStarts[row]!; k < end; k++) sum -= x[neighbours[k]!]!
    dst[row] = sum
  }
}
