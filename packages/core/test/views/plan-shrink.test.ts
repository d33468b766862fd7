import { describe, expect, test } from 'vitest'
import { resolveDetectOptions } from '../../src/face/detect-options.ts'
import type { DetectOptions } from '../../src/index.ts'
import { MNET025 } from '../../src/network/presets.ts'
import { planShrink } from '../../src/views/plan-shrink.ts'

const photo = { width: 1920, height: 1080 }
const plan = (options: DetectOptions) => planShrink(resolveDetectOptions(options), MNET025)
const shrink = (options: DetectOptions, picture = photo) => plan(options)?.sizeFor(picture)

describe('planShrink', () => {
  test('a picture of which the network sees one reduced copy may be read at that size', () => {
    expect(shrink({ inputSize: 640 })).toEqual({ width: 640, height: 360 })
    expect(shrink({ inputSize: { longSide: 640 }, flip: true })).toEqual({
      width: 640,
      height: 360,
    })
    expect(shrink({ inputSize: { width: 320, height: 320 } })).toEqual({ width: 320, height: 180 })
    expect(shrink({ minFaceSize: 96 })).toEqual({ width: 480, height: 270 })
    expect(shrink({ inputSize: { shortSides: [540] } })).toEqual({ width: 960, height: 540 })
  })

  test('the short side is rounded down, so that both shrink by three where one can exactly', () => {
    const sizes = [
      { width: 1920, height: 1367 },
      { width: 1367, height: 1920 },
      { width: 1920, height: 1 },
    ]
    expect(sizes.map((picture) => shrink({ inputSize: 640 }, picture))).toEqual([
      { width: 640, height: 455 },
      { width: 455, height: 640 },
      undefined,
    ])
  })

  test('with meshes too, and with all pixels beside where they are wanted', () => {
    expect(shrink({ mesh: true, inputSize: 640 })).toEqual({ width: 640, height: 360 })
    const options = resolveDetectOptions({ mesh: true, inputSize: 640 })
    expect(planShrink(options, MNET025)).toMatchObject({ keepWhole: false })
    expect(planShrink(options, MNET025, true)).toMatchObject({ keepWhole: true })
  })

  test.each<DetectOptions>([
    {},
    { minFaceSize: 24 },
    { minFaceSize: 96, mesh: true },
    { inputSize: 'original', minFaceSize: 96 },
    { inputSize: 'pyramid' },
  ])('with %o nothing is ever shrunk', (options) => {
    expect(plan(options)).toBeUndefined()
  })

  test.each<[string, DetectOptions]>([
    ['a region', { inputSize: 640, region: { x: 0, y: 0, width: 900, height: 900 } }],
    ['several scales', { inputSize: { shortSides: [200, 400] } }],
    ['tiles', { inputSize: 1800, tileSize: 900 }],
    ['enlarging', { inputSize: 2500 }],
    ['its own size', { inputSize: 1920 }],
  ])('%s needs every pixel', (_, options) => {
    expect(shrink(options)).toBeUndefined()
  })
})
