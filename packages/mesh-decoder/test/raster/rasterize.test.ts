import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { createRasterTarget, type RasterTarget } from '../../src/raster/raster-target.ts'
import { type RasterMesh, rasterize } from '../../src/raster/rasterize.ts'
import { randomNumbers } from '../helpers/numbers.ts'

/** Sees camera-frame (x, −y, −1) at pixel (x, y): meshes can be written in pixels. */
const flat = { focalLength: 1, principalX: 0, principalY: 0 }
const inPixels = (points: readonly (readonly [number, number])[]) =>
  Float32Array.from(points.flatMap(([x, y]) => [x, -y, -1]))

/** A 12×12 square cut into a grid of triangles, its inner vertices anywhere, often on pixel centres. */
function grid(seed: number): RasterMesh {
  const uniform = randomNumbers(seed)
  const snap = uniform() < 0.5 ? 2 : 1 / 1e-3
  const jitter = () => Math.round((uniform() - 0.5) * 1.8 * snap) / snap
  const points: [number, number][] = []
  for (let row = 0; row <= 6; row++) {
    for (let column = 0; column <= 6; column++) {
      const inner = row % 6 !== 0 && column % 6 !== 0
      points.push([column * 2 + 2 + (inner ? jitter() : 0), row * 2 + 2 + (inner ? jitter() : 0)])
    }
  }
  const triangles: number[] = []
  for (let row = 0; row < 6; row++) {
    for (let column = 0; column < 6; column++) {
      const a = row * 7 + column
      const [b, c, d] = [a + 1, a + 7, a + 8]
      triangles.push(...(uniform() < 0.5 ? [a, c, d, a, d, b] : [a, c, b, b, c, d]))
    }
  }
  return { positions: inPixels(points), triangles: Int32Array.from(triangles) }
}

const face = ({ triangles }: RasterMesh, index: number) =>
  triangles.subarray(index * 3, index * 3 + 3)

describe('the fill rule', () => {
  test.prop([fc.integer()])(
    'triangles that share edges draw every pixel between them once',
    (seed) => {
      const mesh = grid(seed)
      const draws = new Uint8Array(16 * 16)
      for (let i = 0; i < mesh.triangles.length / 3; i++) {
        const target = createRasterTarget(16, 16)
        rasterize({ ...mesh, triangles: face(mesh, i) }, flat, target, { cullBackFaces: false })
        for (let p = 0; p < draws.length; p++) draws[p]! += target.triangleIndex[p] === 0 ? 1 : 0
      }
      // A jittered quad can be concave and fold over: there, pixels are drawn an odd number of times.
      for (let p = 0; p < draws.length; p++) {
        const [x, y] = [p % 16, p >> 4]
        const inside = x >= 2 && x < 14 && y >= 2 && y < 14
        expect(draws[p]! % 2, `pixel ${x}, ${y}`).toBe(inside ? 1 : 0)
      }
    },
  )

  test('a square on pixel centres owns its top and left rows only', () => {
    const square = inPixels([
      [1.5, 1.5],
      [4.5, 1.5],
      [4.5, 4.5],
      [1.5, 4.5],
    ])
    const target = createRasterTarget(6, 6)
    rasterize({ positions: square, triangles: Int32Array.of(0, 3, 2, 0, 2, 1) }, flat, target)
    const drawn = [...target.triangleIndex.keys()].filter((p) => target.triangleIndex[p] !== -1)
    expect(drawn).toEqual([7, 8, 9, 13, 14, 15, 19, 20, 21])
  })
})

function triangles(seed: number): RasterMesh {
  const uniform = randomNumbers(seed)
  const place = () => [24 * uniform() - 12, 24 * uniform() - 12, -8 - 20 * uniform()]
  return {
    positions: Float32Array.from(Array.from({ length: 18 }, place).flat()),
    triangles: Int32Array.from({ length: 18 }, (_, i) => i),
    colors: Float32Array.from({ length: 54 }, (_, i) =>
      i % 9 === 4 * (((i / 3) % 3) | 0) ? 1 : 0,
    ),
  }
}
const eye = { focalLength: 16, principalX: 12, principalY: 12 }

test.prop([fc.integer()])('barycentric weights sum to 1 and are not negative', (seed) => {
  const target = createRasterTarget(24, 24)
  const mesh = triangles(seed)
  // Corner k of each triangle is of pure colour k, so a pixel's colours are its weights.
  rasterize(mesh, eye, target, { cullBackFaces: false })
  for (let p = 0; p < 24 * 24; p++) {
    if (target.triangleIndex[p] === -1) continue
    const [r, g, b] = target.rgba.subarray(p * 4, p * 4 + 3)
    expect(Math.abs(r! + g! + b! - 255)).toBeLessThanOrEqual(1.5)
  }
})

test.prop([fc.integer()])('the picture does not depend on the order of the triangles', (seed) => {
  const mesh = triangles(seed)
  const order = [5, 3, 0, 1, 4, 2]
  const shuffled = { ...mesh, triangles: Int32Array.from(order.flatMap((i) => [...face(mesh, i)])) }
  const [first, second] = [mesh, shuffled].map((drawn) => {
    const target = createRasterTarget(24, 24)
    rasterize(drawn, eye, target, { cullBackFaces: false })
    return target
  }) as [RasterTarget, RasterTarget]
  for (let p = 0; p < 24 * 24; p++) {
    const seen = first.triangleIndex[p]!
    const seenShuffled = second.triangleIndex[p]!
    if (seen !== order[seenShuffled] && seen !== -1) {
      // Only a tie of float32 depths may fall to either.
      expect(Math.abs(first.depth[p]! - second.depth[p]!)).toBeLessThan(1e-5)
      continue
    }
    expect(seenShuffled === -1).toBe(seen === -1)
    expect(first.rgba.subarray(p * 4, p * 4 + 4)).toEqual(second.rgba.subarray(p * 4, p * 4 + 4))
  }
})

test.prop([fc.integer()])('nothing is written outside the triangle or the buffers', (seed) => {
  const mesh = triangles(seed)
  const one = { ...mesh, triangles: face(mesh, 0) }
  const room = {
    rgba: new Uint8ClampedArray(24 * 26 * 4).fill(7),
    depth: new Float32Array(24 * 26).fill(1e9),
    index: new Int32Array(24 * 26).fill(-1),
  }
  const target = {
    width: 24,
    height: 24,
    rgba: room.rgba.subarray(24 * 4, 24 * 25 * 4),
    depth: room.depth.subarray(24, 24 * 25),
    triangleIndex: room.index.subarray(24, 24 * 25),
  }
  rasterize(one, eye, target, { cullBackFaces: false })
  const corners = [0, 3, 6].map((i) => {
    const scale = -eye.focalLength / mesh.positions[i + 2]!
    return [12 + scale * mesh.positions[i]!, 12 - scale * mesh.positions[i + 1]!] as const
  })
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  for (let p = 0; p < room.index.length; p++) {
    const [x, y] = [(p % 24) + 0.5, Math.floor(p / 24) - 0.5]
    const within =
      y > 0 &&
      y < 24 &&
      x >= Math.min(...xs) &&
      x <= Math.max(...xs) &&
      y >= Math.min(...ys) &&
      y <= Math.max(...ys)
    if (within) continue
    expect(room.index[p]).toBe(-1)
    expect([...room.rgba.subarray(p * 4, p * 4 + 4)]).toEqual([7, 7, 7, 7])
    expect(room.depth[p]).toBe(1e9)
  }
})

test('degenerate, distant and behind-the-camera triangles draw nothing and do not throw', () => {
  const target = createRasterTarget(8, 8)
  const shapes = [
    [0, 0, -1, 4, -4, -1, 8, -8, -1],
    [Number.NaN, 0, -1, 8, 0, -1, 0, -8, -1],
    [1e30, 0, -1, 1e30, 5, -1, 1e31, 0, -1],
    [0, 0, 1, 8, 0, 1, 0, -8, 1],
  ]
  for (const shape of shapes) {
    const mesh = { positions: Float32Array.from(shape), triangles: Int32Array.of(0, 1, 2) }
    rasterize(mesh, flat, target, { cullBackFaces: false })
  }
  expect(target.triangleIndex.every((index) => index === -1)).toBe(true)
})

test('a triangle seen from behind is drawn only when culling is off', () => {
  const mesh = {
    positions: inPixels([
      [0, 0],
      [8, 0],
      [0, 8],
    ]),
    triangles: Int32Array.of(0, 1, 2),
  }
  const target = createRasterTarget(8, 8)
  rasterize(mesh, flat, target)
  expect(target.triangleIndex[0]).toBe(-1)
  rasterize(mesh, flat, target, { cullBackFaces: false })
  expect(target.triangleIndex[0]).toBe(0)
  const front = createRasterTarget(8, 8)
  rasterize({ ...mesh, triangles: Int32Array.of(0, 2, 1) }, flat, front)
  expect(front.triangleIndex[0]).toBe(0)
})

test('buffers of another size are named', () => {
  const target = { ...createRasterTarget(8, 8), depth: new Float32Array(63) }
  const mesh = { positions: new Float32Array(9), triangles: Int32Array.of(0, 1, 2) }
  expect(() => rasterize(mesh, flat, target)).toThrow(
    'Expected 64 numbers for target.depth but received 63.',
  )
})
