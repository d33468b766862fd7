import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { graphLaplacian } from '../../src/graph/graph-laplacian.ts'
import { largestEigenvalue } from '../../src/graph/largest-eigenvalue.ts'
import { applyScaledLaplacian, scaledLaplacian } from '../../src/graph/scaled-laplacian.ts'
import { gridMesh } from '../topology/grid-mesh.ts'
import { denseLaplacian, eigen } from './dense-matrix.ts'

const sizes = { columns: fc.integer({ min: 2, max: 5 }), rows: fc.integer({ min: 2, max: 5 }) }

describe('the Laplacian', () => {
  test.prop(sizes)('is symmetric, and each row sums to 0', ({ columns, rows }) => {
    const count = columns * rows
    const { rowStarts, neighbours } = graphLaplacian(gridMesh(columns, rows).triangles, count)
    for (let row = 0; row < count; row++) {
      const around = [...neighbours.subarray(rowStarts[row], rowStarts[row + 1])]
      // L = D − A: the degree is the number of neighbours, each once and none itself.
      expect(new Set(around).size).toBe(around.length)
      expect(around).not.toContain(row)
      for (const other of around) {
        expect([...neighbours.subarray(rowStarts[other], rowStarts[other + 1])]).toContain(row)
      }
    }
  })

  it('of one triangle has the largest eigenvalue 3', () => {
    expect(largestEigenvalue(graphLaplacian(Int32Array.of(0, 1, 2), 3))).toBeCloseTo(3, 12)
  })

  it('of a wheel of n spokes has the largest eigenvalue n + 1', () => {
    for (const spokes of [3, 4, 7, 20, 300]) {
      const triangles = Array.from({ length: spokes }, (_, i) => [
        spokes,
        i,
        (i + 1) % spokes,
      ]).flat()
      const laplacian = graphLaplacian(Int32Array.from(triangles), spokes + 1)
      expect(largestEigenvalue(laplacian)).toBeCloseTo(spokes + 1, 9)
    }
  })

  test.prop(sizes)('scaled has eigenvalues in [−1, 1], the largest 1 and the least −1', (size) => {
    const laplacian = scaledLaplacian(
      gridMesh(size.columns, size.rows).triangles,
      size.columns * size.rows,
    )
    const { values } = eigen(denseLaplacian(laplacian))
    expect(Math.max(...values)).toBeCloseTo(1, 10)
    expect(Math.min(...values)).toBeCloseTo(-1, 10)
  })

  it('scaled is applied as the dense matrix is', () => {
    const laplacian = scaledLaplacian(gridMesh(4, 3).triangles, 12)
    const dense = denseLaplacian(laplacian)
    const x = Float64Array.from({ length: 24 }, (_, i) => Math.sin(i * i))
    applyScaledLaplacian(laplacian, x, 2).forEach((value, i) => {
      const expected = dense[i >> 1]!.reduce(
        (sum, entry, j) => sum + entry * x[j * 2 + (i & 1)]!,
        0,
      )
      expect(value).toBeCloseTo(expected, 12)
    })
  })
})
