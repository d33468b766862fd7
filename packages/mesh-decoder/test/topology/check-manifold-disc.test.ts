import { describe, expect, it } from 'vitest'
import { InvalidMeshError } from '../../src/errors/mesh-errors.ts'
import { checkManifoldDisc } from '../../src/topology/check-manifold-disc.ts'
import { mirrorVertices } from '../../src/topology/mirror-vertices.ts'
import { gridMesh } from './grid-mesh.ts'

const mesh = (vertices: number, triangles: number[]) => ({
  positions: new Float32Array(vertices * 3),
  triangles: Int32Array.from(triangles),
})

const tetrahedron = [0, 1, 2, 0, 3, 1, 1, 3, 2, 2, 3, 0]

const wrong: [string, number, number[], RegExp][] = [
  ['an empty mesh', 0, [], /whole triangle/],
  ['a cut-off triangle', 4, [0, 1, 2, 3], /whole triangle/],
  ['an index out of range', 3, [0, 1, 3], /indices below 3/],
  ['a negative index', 3, [0, 1, -1], /indices below 3/],
  ['a triangle with a repeated corner', 3, [0, 1, 1], /repeats/],
  ['triangles that turn different ways', 4, [0, 1, 2, 0, 1, 3], /0 → 1 twice/],
  ['two fans at one vertex', 5, [0, 1, 2, 0, 3, 4], /fan of triangles around each vertex/],
  ['a vertex without a triangle', 4, [0, 1, 2], /triangle at each vertex, found none at 3/],
  ['two pieces', 6, [0, 1, 2, 3, 4, 5], /one connected piece, found 2/],
  ['a closed surface', 4, tetrahedron, /Euler characteristic 1, found 2/],
  ['a hole', 16, ring(), /Euler characteristic 1, found 0/],
]

describe('a manifold disc', () => {
  it('may be any grid', () => {
    expect(() => checkManifoldDisc(gridMesh(5, 4))).not.toThrow()
  })

  it.each(wrong)('is not %s', (_name, vertices, triangles, message) => {
    expect(() => checkManifoldDisc(mesh(vertices, triangles))).toThrow(InvalidMeshError)
    expect(() => checkManifoldDisc(mesh(vertices, triangles))).toThrow(message)
  })
})

describe('mirrored vertices', () => {
  it('are refused for a mesh that is not symmetric', () => {
    expect(() => mirrorVertices(Float32Array.of(1, 0, 0, -2, 0, 0))).toThrow(/symmetric in x/)
  })
})

/** A grid of 4 × 4 vertices without its middle. */
function ring(): number[] {
  const { triangles } = gridMesh(4, 4)
  const kept = [...triangles].filter((_, i) => ![8, 9].includes(Math.floor(i / 3)))
  return kept
}
