import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import type { PixelImage } from '../../src/raster/pixel-image.ts'
import { createRasterTarget } from '../../src/raster/raster-target.ts'
import { rasterize } from '../../src/raster/rasterize.ts'
import { randomNumbers } from '../helpers/numbers.ts'
import { castRay, type Hit } from './ray-cast-oracle.ts'

const pinhole = { focalLength: 30, principalX: 17.3, principalY: 14.9 }
const size = 32

/** Triangles about the view, some of them through the near plane, edges and one another. */
function soup(seed: number, nearest: number) {
  const uniform = randomNumbers(seed)
  const place = () => [20 * uniform() - 10, 20 * uniform() - 10, -nearest - 30 * uniform()]
  return {
    positions: Float32Array.from(Array.from({ length: 24 }, place).flat()),
    triangles: Int32Array.from({ length: 24 }, (_, i) => i),
    colors: Float32Array.from({ length: 72 }, uniform),
    uv: Float32Array.from({ length: 48 }, uniform),
  }
}

function blend(values: Float32Array, triangles: Int32Array, hit: Hit, channels: number, c: number) {
  return hit.weights.reduce(
    (sum, w, k) => sum + w * values[triangles[hit.triangle * 3 + k]! * channels + c]!,
    0,
  )
}

test.prop([fc.integer(), fc.constantFrom(1, -15)])(
  'every pixel is what a ray through its centre meets, vertex colours interpolated in space',
  (seed, nearest) => {
    const mesh = soup(seed, nearest)
    const target = createRasterTarget(size, size)
    rasterize(mesh, pinhole, target, { cullBackFaces: false, near: 0.5 })
    for (let pixel = 0; pixel < size * size; pixel++) {
      const x = (pixel % size) + 0.5
      const y = Math.floor(pixel / size) + 0.5
      const { hit, margin } = castRay(mesh, pinhole, x, y, 0.5)
      if (margin < 1e-5) continue
      expect(target.triangleIndex[pixel]).toBe(hit?.triangle ?? -1)
      expect(target.rgba[pixel * 4 + 3]).toBe(hit ? 255 : 0)
      if (!hit) continue
      expect(Math.abs(target.depth[pixel]! / hit.distance - 1)).toBeLessThan(1e-5)
      for (let c = 0; c < 3; c++) {
        const expected = blend(mesh.colors, mesh.triangles, hit, 3, c) * 255
        expect(Math.abs(target.rgba[pixel * 4 + c]! - expected)).toBeLessThan(0.51)
      }
    }
  },
)

test.prop([fc.integer()])('a texture is read where the ray says, perspective-correct', (seed) => {
  const { positions, triangles, uv } = soup(seed, 1)
  // A picture that is linear in x and y, so bilinear sampling of it is known in closed form.
  const image: PixelImage = {
    data: new Uint8Array(64 * 64 * 3),
    width: 64,
    height: 64,
    channels: 3,
  }
  for (let i = 0; i < 64 * 64; i++) image.data.set([(i % 64) * 4, (i >> 6) * 4, 255], i * 3)
  const target = createRasterTarget(size, size)
  rasterize({ positions, triangles, texture: { uv, image } }, pinhole, target, {
    cullBackFaces: false,
  })
  for (let pixel = 0; pixel < size * size; pixel++) {
    const y = Math.floor(pixel / size) + 0.5
    const { hit, margin } = castRay({ positions, triangles }, pinhole, (pixel % size) + 0.5, y, 0.1)
    if (margin < 1e-5 || !hit) continue
    for (let c = 0; c < 2; c++) {
      const at = blend(uv, triangles, hit, 2, c) * 64 - 0.5
      const expected = Math.min(63, Math.max(0, at)) * 4
      expect(Math.abs(target.rgba[pixel * 4 + c]! - expected)).toBeLessThan(0.52)
    }
    expect(target.rgba[pixel * 4 + 2]).toBe(255)
  }
})
