import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { createRasterTarget } from '../../src/raster/raster-target.ts'
import { rasterize } from '../../src/raster/rasterize.ts'

const flat = { focalLength: 1, principalX: 0, principalY: 0 }
const coordinate = fc.double({ min: 1, max: 31, noNaN: true })

test.prop([fc.tuple(coordinate, coordinate, coordinate, coordinate, coordinate, coordinate)])(
  'with samples, alpha adds up to the area of the triangle',
  ([ax, ay, bx, by, cx, cy]) => {
    const positions = Float32Array.of(ax, -ay, -1, bx, -by, -1, cx, -cy, -1)
    const area = Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / 2
    const target = createRasterTarget(32, 32, 8)
    rasterize({ positions, triangles: Int32Array.of(0, 1, 2) }, flat, target, {
      cullBackFaces: false,
    })
    let covered = 0
    for (let p = 3; p < target.rgba.length; p += 4) covered += target.rgba[p]! / 255
    const perimeter =
      Math.hypot(ax - bx, ay - by) + Math.hypot(bx - cx, by - cy) + Math.hypot(cx - ax, cy - ay)
    expect(Math.abs(covered - area)).toBeLessThan(0.05 + perimeter / 8)
  },
)

test('samples soften the edge and leave the inside and the outside alone', () => {
  const mesh = {
    positions: Float32Array.of(0, 0, -1, 0, -16, -1, 12, -16, -1),
    triangles: Int32Array.of(0, 1, 2),
    colors: Float32Array.of(1, 0.2, 0, 1, 0.2, 0, 1, 0.2, 0),
  }
  const hard = createRasterTarget(16, 16)
  const soft = createRasterTarget(16, 16, 4)
  rasterize(mesh, flat, hard)
  rasterize(mesh, flat, soft)
  const alphas = (rgba: Uint8ClampedArray) => new Set([...rgba].filter((_, i) => i % 4 === 3))
  expect([...alphas(hard.rgba)].sort()).toEqual([0, 255])
  expect(alphas(soft.rgba).size).toBeGreaterThan(4)
  for (let p = 0; p < 256; p++) {
    const alpha = soft.rgba[p * 4 + 3]!
    if (alpha > 0) expect([...soft.rgba.subarray(p * 4, p * 4 + 3)]).toEqual([255, 51, 0])
    expect(soft.triangleIndex[p] === -1).toBe(alpha === 0)
    if (alpha === 255) expect(hard.triangleIndex[p]).toBe(0)
  }
})
