import { InvalidMeshError } from '../errors/mesh-errors.ts'
import { collectEdges } from './edges.ts'
import { type TriangleMesh, vertexCountOf } from './triangle-mesh.ts'

/**
 * Make sure that a mesh is one consistently oriented manifold disc: connected, with one boundary
 * loop, no hole, no handle and no loose vertex.
 *
 * @throws InvalidMeshError that names the first property that does not hold.
 */
export function checkManifoldDisc(mesh: TriangleMesh): void {
  const vertexCount = vertexCountOf(mesh)
  checkIndices(mesh.triangles, vertexCount)
  checkOrientation(mesh.triangles, vertexCount)
  checkVertexFans(mesh.triangles, vertexCount)
  const { pairs, triangleCounts } = collectEdges(mesh.triangles, vertexCount)
  const components = countComponents(pairs, vertexCount)
  if (components !== 1) fail(`one connected piece, found ${components}`)
  const euler = vertexCount - pairs.length / 2 + mesh.triangles.length / 3
  if (euler !== 1) fail(`Euler characteristic 1, found ${euler}`)
  if (!triangleCounts.includes(1)) fail('a boundary, found a closed surface')
}

function fail(expectation: string): never {
  throw new InvalidMeshError(`A decoder mesh must be one manifold disc: expected ${expectation}.`)
}

function checkIndices(triangles: Int32Array, vertexCount: number): void {
  if (triangles.length === 0 || triangles.length % 3 !== 0) fail('at least one whole triangle')
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = triangles.subarray(i, i + 3) as unknown as [number, number, number]
    const smallest = Math.min(a, b, c)
    const largest = Math.max(a, b, c)
    if (smallest < 0 || largest >= vertexCount) {
      fail(`indices below ${vertexCount}, triangle ${i / 3} is (${a}, ${b}, ${c})`)
    }
    if (a === b || b === c || c === a) fail(`three corners, triangle ${i / 3} repeats a vertex`)
  }
}

/** In an oriented manifold no directed edge occurs twice. */
function checkOrientation(triangles: Int32Array, vertexCount: number): void {
  const directed = new Set<number>()
  for (let corner = 0; corner < triangles.length; corner++) {
    const a = triangles[corner]!
    const b = triangles[corner % 3 === 2 ? corner - 2 : corner + 1]!
    const key = a * vertexCount + b
    if (directed.has(key)) fail(`each directed edge once, found ${a} → ${b} twice`)
    directed.add(key)
  }
}

/** The triangles around a vertex form one fan: walking across shared edges reaches all of them. */
function checkVertexFans(triangles: Int32Array, vertexCount: number): void {
  const next: Map<number, number>[] = Array.from({ length: vertexCount }, () => new Map())
  for (let i = 0; i < triangles.length; i += 3) {
    for (let k = 0; k < 3; k++) {
      next[triangles[i + k]!]!.set(triangles[i + ((k + 1) % 3)]!, triangles[i + ((k + 2) % 3)]!)
    }
  }
  next.forEach((fan, vertex) => {
    if (fan.size === 0) fail(`a triangle at each vertex, found none at ${vertex}`)
    const ends = new Set(fan.values())
    const start = [...fan.keys()].find((neighbour) => !ends.has(neighbour)) ?? [...fan.keys()][0]!
    let steps = 0
    let at: number | undefined = start
    do {
      at = fan.get(at)
      if (at !== undefined) steps++
    } while (at !== undefined && at !== start)
    if (steps !== fan.size) fail(`one fan of triangles around each vertex, not so at ${vertex}`)
  })
}

function countComponents(pairs: Int32Array, vertexCount: number): number {
  const parent = Int32Array.from({ length: vertexCount }, (_, vertex) => vertex)
  const root = (vertex: number): number => {
    let at = vertex
    while (parent[at] !== at) at = parent[at]!
    return at
  }
  let components = vertexCount
  for (let i = 0; i < pairs.length; i += 2) {
    const a = root(pairs[i]!)
    const b = root(pairs[i + 1]!)
    if (a === b) continue
    parent[Math.max(a, b)] = Math.min(a, b)
    components--
  }
  return components
}
