import { expect, test } from 'vitest'
import { toCameraFrame } from '../../src/camera/camera-frame.ts'
import { pinholeOf } from '../../src/camera/pinhole.ts'
import { rotationVectorOfPose } from '../../src/camera/pose.ts'
import { bakeTexture } from '../../src/export/bake-texture.ts'
import { compositeOver } from '../../src/raster/composite-over.ts'
import { type PixelImage, sampleBilinear } from '../../src/raster/pixel-image.ts'
import { createRasterTarget, type RasterTarget } from '../../src/raster/raster-target.ts'
import { rasterize } from '../../src/raster/rasterize.ts'
import { exportedFace } from '../helpers/exported-face.ts'

const { positions, triangles, uv } = exportedFace
const anchor = { centre: [128, 128] as const, size: 200 }
const cameraAt = (yaw: number) =>
  Float32Array.of(0, 0, -60, ...rotationVectorOfPose({ yaw, pitch: 0, roll: 0 }), 3)

/** Smooth and the same on both sides of the face, so that either side can stand for the other. */
const painted: PixelImage = {
  data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
    const x = Math.abs((Math.floor(i / 3) % 64) - 31.5)
    const y = Math.floor(i / 192)
    return [128 + 100 * Math.sin(x / 5), 128 + 100 * Math.cos(y / 7), 3 * y + 40][i % 3]!
  }),
  width: 64,
  height: 64,
  channels: 3,
}

function photo(texture: PixelImage, yaw: number): RasterTarget {
  const camera = cameraAt(yaw)
  const target = createRasterTarget(256, 256)
  const mesh = {
    positions: toCameraFrame(positions, camera),
    triangles,
    texture: { uv, image: texture },
  }
  rasterize(mesh, pinholeOf(camera, anchor), target)
  return target
}

/** A photo on a background that no texture may pick up. */
function onGreen(layer: RasterTarget): PixelImage {
  const data = Uint8Array.from({ length: 256 * 256 * 3 }, (_, i) => (i % 3 === 1 ? 255 : 0))
  const image: PixelImage = { data, width: 256, height: 256, channels: 3 }
  compositeOver(layer, image)
  return image
}

/** Mean absolute difference of two pictures of the face where both show it, 0..255. */
function difference(a: RasterTarget, b: RasterTarget): number {
  let sum = 0
  let count = 0
  for (let p = 0; p < a.triangleIndex.length; p++) {
    if (a.triangleIndex[p] === -1 || b.triangleIndex[p] === -1) continue
    for (let c = 0; c < 3; c++) sum += Math.abs(a.rgba[p * 4 + c]! - b.rgba[p * 4 + c]!)
    count += 3
  }
  return sum / count
}

test('a texture baked from a photo shows the photo again, seen from the same side', () => {
  for (const yaw of [0, 25, -40]) {
    const taken = photo(painted, yaw)
    const baked = bakeTexture(onGreen(taken), exportedFace, { camera: cameraAt(yaw), anchor })
    expect(baked).toMatchObject({ width: 512, height: 512, channels: 3 })
    expect(difference(photo(baked, yaw), taken)).toBeLessThan(3)
  }
})

test('what the photo hides comes from the mirror image', () => {
  const baked = bakeTexture(onGreen(photo(painted, 45)), exportedFace, {
    camera: cameraAt(45),
    anchor,
    size: 256,
  })
  expect(baked.width).toBe(256)
  expect(difference(photo(baked, -45), photo(painted, -45))).toBeLessThan(6)
  const withoutMirror = {
    ...exportedFace,
    mirror: Int32Array.from(positions.keys()).subarray(0, 1833),
  }
  const half = bakeTexture(onGreen(photo(painted, 45)), withoutMirror, {
    camera: cameraAt(45),
    anchor,
  })
  expect(difference(photo(half, -45), photo(painted, -45))).toBeGreaterThan(12)
})

test('every texel has a colour, even where the photo ends', () => {
  const taken = onGreen(photo(painted, 0))
  const top = { ...taken, height: 100 }
  const baked = bakeTexture(top, exportedFace, { camera: cameraAt(0), anchor, size: 64 })
  const chin = sampleBilinear(baked, 32, 60, new Float64Array(3))
  expect(Math.max(...chin)).toBeGreaterThan(0.1)
})

test('a mirror of another length is named', () => {
  const view = { camera: cameraAt(0), anchor }
  const wrong = { ...exportedFace, mirror: new Int32Array(3) }
  expect(() => bakeTexture(painted, wrong, view)).toThrow('face.mirror')
})
