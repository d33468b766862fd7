import { type FaceMesh, type FivePoints, type PixelImage, transformPoint } from '@retinaface/core'
import { describe, expect, test } from 'vitest'
import { cutOut } from '../src/align/cut-out.ts'
import { faceTransform } from '../src/align/face-transform.ts'
import { DLIB_RESNET } from '../src/index.ts'

const { template } = DLIB_RESNET
const landmarks = template.points as FivePoints

describe('faceTransform', () => {
  test('box takes a square around the box to the whole crop', () => {
    const transform = faceTransform({ landmarks, box: [100, 40, 200, 240] }, template, 'box')
    // The box's centre (150, 140) with half of 200 on every side.
    expect(transformPoint(transform, [50, 40])).toEqual([
      expect.closeTo(-0.5, 6),
      expect.closeTo(-0.5, 6),
    ])
    expect(transformPoint(transform, [250, 240])).toEqual([
      expect.closeTo(149.5, 6),
      expect.closeTo(149.5, 6),
    ])
  })

  test('mesh undoes an affine map of the face, which points cannot', () => {
    const canonical = Float32Array.from({ length: 3 * 468 }, (_, i) => {
      const [vertex, axis] = [Math.floor(i / 3), i % 3]
      return [7 * Math.sin(vertex), 9 * Math.cos(2 * vertex), Math.sin(3 * vertex)][axis]!
    })
    // Turned to the side: narrower, and sheared by a roll.
    const seen = (x: number, y: number): [number, number] => [
      60 * x + 20 * y + 400,
      15 * x - 90 * y + 300,
    ]
    const positions = canonical.map((_, i) => {
      const at = i - (i % 3)
      return [...seen(canonical[at]!, canonical[at + 1]!), 0][i % 3]!
    })
    const upright = canonical.map((_, i) => {
      const at = i - (i % 3)
      return [100 * canonical[at]!, -100 * canonical[at + 1]!, 0][i % 3]!
    })
    const turned = { positions, canonical } as unknown as FaceMesh
    const frontal = { positions: upright, canonical } as unknown as FaceMesh
    const toCrop = faceTransform({ landmarks, mesh: turned }, template, 'mesh')
    const wanted = faceTransform({ landmarks, mesh: frontal }, template, 'mesh')
    for (const vertex of [0, 100, 467]) {
      const [x, y] = [canonical[3 * vertex]!, canonical[3 * vertex + 1]!]
      const [u, v] = transformPoint(toCrop, seen(x, y))
      const [wantedU, wantedV] = transformPoint(wanted, [100 * x, -100 * y])
      expect(u).toBeCloseTo(wantedU, 2)
      expect(v).toBeCloseTo(wantedV, 2)
    }
  })
})

describe('cutOut', () => {
  /** Stripes of one pixel, black and white: their mean is grey. */
  const stripes: PixelImage = {
    data: Uint8Array.from({ length: 3 * 640 * 640 }, (_, i) => 255 * (Math.floor(i / 3) % 2)),
    width: 640,
    height: 640,
    channels: 3,
  }

  test('every pixel of a large face counts', () => {
    const small = cutOut(stripes, [0.125, 0, -0.4375, 0, 0.125, -0.4375], { width: 80, height: 80 })
    expect([small.width, small.height]).toEqual([80, 80])
    for (const sample of small.data) expect(Math.abs(sample - 127.5)).toBeLessThan(20)
  })

  test('a shrunken crop shows the same place', () => {
    const ramp: PixelImage = {
      ...stripes,
      data: Uint8Array.from({ length: 3 * 640 * 640 }, (_, i) => {
        const [x, y] = [Math.floor(i / 3) % 640, Math.floor(i / 1920)]
        return [x / 4, y / 4, 100][i % 3]!
      }),
    }
    // Turned by a quarter, and a fifth of the size: crop (u, v) shows x = 5v + 60, y = 500 − 5u.
    const crop = cutOut(ramp, [0, -0.2, 100, 0.2, 0, -12], { width: 80, height: 80 })
    for (const [u, v] of [
      [10, 10],
      [60, 20],
      [30, 70],
    ] as const) {
      const at = 3 * (80 * v + u)
      expect(Math.abs(crop.data[at]! - (5 * v + 60) / 4)).toBeLessThan(1.5)
      expect(Math.abs(crop.data[at + 1]! - (500 - 5 * u) / 4)).toBeLessThan(1.5)
    }
  })

  test('what lies outside the picture is black', () => {
    const { data } = cutOut(stripes, [0.1, 0, 500, 0, 0.1, 500], { width: 10, height: 10 })
    expect(Math.max(...data)).toBe(0)
  })
})
