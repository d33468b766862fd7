import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { checkManifoldDisc } from '../../src/topology/check-manifold-disc.ts'
import { collectEdges } from '../../src/topology/edges.ts'
import { buildMeshTopology } from '../../src/topology/mesh-topology.ts'
import { readMeshTopology } from '../../src/topology/read-mesh-topology.ts'
import { simplifyMesh } from '../../src/topology/simplify-mesh.ts'
import { sample, subdivideMidpoint } from '../../src/topology/subdivide-midpoint.ts'
import { vertexCountOf } from '../../src/topology/triangle-mesh.ts'
import { writeMeshTopology } from '../../src/topology/write-mesh-topology.ts'
import { gridMesh, smallTopology } from './grid-mesh.ts'

const sizes = { columns: fc.integer({ min: 2, max: 8 }), rows: fc.integer({ min: 2, max: 8 }) }

describe('midpoint subdivision', () => {
  test.prop(sizes)('adds a vertex an edge, splits a triangle in four, stays a disc', (size) => {
    const mesh = gridMesh(size.columns, size.rows)
    const fine = subdivideMidpoint(mesh)
    const edges = collectEdges(mesh.triangles, vertexCountOf(mesh)).pairs.length / 2
    expect(vertexCountOf(fine)).toBe(vertexCountOf(mesh) + edges)
    expect(fine.triangles.length).toBe(mesh.triangles.length * 4)
    expect(fine.positions.subarray(0, mesh.positions.length)).toEqual(mesh.positions)
    expect(() => checkManifoldDisc(fine)).not.toThrow()
  })

  test.prop(sizes)(
    'keeps the surface: each triangle has four times the area of its parts',
    (size) => {
      const mesh = gridMesh(size.columns, size.rows)
      const fine = subdivideMidpoint(mesh)
      for (let face = 0; face < mesh.triangles.length / 3; face++) {
        const whole = area(mesh.positions, mesh.triangles.subarray(face * 3, face * 3 + 3))
        for (let part = face * 4; part < face * 4 + 4; part++) {
          const corners = fine.triangles.subarray(part * 3, part * 3 + 3)
          expect(area(fine.positions, corners) * 4).toBeCloseTo(whole, 4)
        }
      }
    },
  )
})

describe('simplification', () => {
  it('reaches the count asked for with a subset of the vertices, as a disc', () => {
    const mesh = gridMesh(7, 9)
    for (const count of [40, 20, 8]) {
      const coarse = simplifyMesh(mesh, mesh.mirror, count)
      expect(vertexCountOf(coarse)).toBe(count)
      expect(() => checkManifoldDisc(coarse)).not.toThrow()
      coarse.kept.forEach((vertex, i) => {
        const at = coarse.positions.subarray(i * 3, i * 3 + 3)
        expect(at).toEqual(mesh.positions.subarray(vertex * 3, vertex * 3 + 3))
      })
    }
  })

  it('of a symmetric mesh is symmetric', () => {
    const mesh = gridMesh(9, 9)
    const { kept, triangles } = simplifyMesh(mesh, mesh.mirror, 21)
    const mirrored = (vertex: number) => kept.indexOf(mesh.mirror[kept[vertex]!]!)
    expect(edgeSet(triangles.map(mirrored))).toEqual(edgeSet(triangles))
  })

  it('says so when the mesh cannot become that small', () => {
    const mesh = gridMesh(4, 4)
    expect(() => simplifyMesh(mesh, mesh.mirror, 2)).toThrow(/2 vertices/)
  })
})

describe('a topology', () => {
  it('interpolates fine vertices from coarse ones at their closest points', () => {
    const { levels, upsamplings } = smallTopology()
    expect(levels.map(vertexCountOf)).toEqual([8, 24, 63, 221])
    upsamplings.forEach((sampling, i) => {
      const projected = sample(sampling, levels[i]!.positions, 3)
      const fine = levels[i + 1]!.positions
      for (let vertex = 0; vertex < fine.length / 3; vertex++) {
        const weights = sampling.weight.subarray(vertex * 3, vertex * 3 + 3)
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0)
        expect(weights[0]! + weights[1]! + weights[2]!).toBeCloseTo(1, 6)
        // No corner of the coarse mesh is closer than the point chosen.
        const chosen = distance(projected, vertex, fine, vertex)
        for (let corner = 0; corner < vertexCountOf(levels[i]!); corner++) {
          expect(chosen).toBeLessThanOrEqual(
            distance(levels[i]!.positions, corner, fine, vertex) + 1e-5,
          )
        }
      }
    })
  })

  it('mirrors its finest level', () => {
    const { levels, mirror } = smallTopology()
    const { positions } = levels.at(-1)!
    mirror.forEach((partner, vertex) => {
      expect(mirror[partner]).toBe(vertex)
      expect(positions[partner * 3]).toBeCloseTo(-positions[vertex * 3]!, 5)
      expect(positions[partner * 3 + 1]).toBeCloseTo(positions[vertex * 3 + 1]!, 5)
    })
  })

  it('is the same after writing and reading', () => {
    const topology = smallTopology()
    const { checksum, ...read } = readMeshTopology(writeMeshTopology(topology, 'a grid'))
    expect(read).toEqual(topology)
    expect(checksum).toMatch(/^[0-9a-f]{8}$/)
  })

  it('depends on nothing but its arguments', () => {
    const write = () => writeMeshTopology(smallTopology(), 'a grid')
    expect(write()).toEqual(write())
  })

  it('can have any number of levels', () => {
    expect(buildMeshTopology(gridMesh(4, 4), []).levels.map(vertexCountOf)).toEqual([16, 49])
  })
})

function area(positions: Float32Array, corners: Int32Array): number {
  const [a, b, c] = [...corners].map((v) => [...positions.subarray(v * 3, v * 3 + 3)]) as [
    number[],
    number[],
    number[],
  ]
  const length = (p: number[], q: number[]) => Math.hypot(...p.map((value, i) => value - q[i]!))
  const [ab, bc, ca] = [length(a, b), length(b, c), length(c, a)]
  const half = (ab + bc + ca) / 2
  return Math.sqrt(half * (half - ab) * (half - bc) * (half - ca))
}

function distance(p: Float32Array, i: number, q: Float32Array, j: number): number {
  return Math.hypot(...[0, 1, 2].map((axis) => p[i * 3 + axis]! - q[j * 3 + axis]!))
}

function edgeSet(triangles: Int32Array): Set<string> {
  const { pairs } = collectEdges(triangles, 1000)
  return new Set(
    Array.from({ length: pairs.length / 2 }, (_, i) => `${pairs[i * 2]},${pairs[i * 2 + 1]}`),
  )
}
