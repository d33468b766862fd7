import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type DetectOptions, resolveDetectOptions } from '../../src/face/detect-options.ts'
import { MNET025 } from '../../src/network/presets.ts'
import { planViews } from '../../src/views/plan-views.ts'

const side = fc.integer({ min: 1, max: 5000 })
const multiples = fc.constantFrom(1, 32, 64)

function plan(width: number, height: number, options: DetectOptions, multiple = 32) {
  return planViews({ width, height }, resolveDetectOptions(options), {
    faceSizes: MNET025.faceSizes,
    input: { ...MNET025.input, sizeMultiple: multiple },
  })
}

describe('planViews', () => {
  test.prop([
    side,
    side,
    multiples,
    fc.constantFrom<DetectOptions>(
      {},
      { inputSize: 640, flip: true },
      { inputSize: { width: 640, height: 480 } },
      { inputSize: { shortSides: [500, 800] } },
    ),
  ])(
    'every input holds its picture and is the next multiple',
    (width, height, multiple, options) => {
      const fixed = typeof options.inputSize === 'object' && 'width' in options.inputSize
      // A long strip enlarged to a short side of 500 makes thousands of tiles.
      fc.pre(Math.max(width, height) <= 20 * Math.min(width, height))
      for (const view of plan(width, height, options, multiple)) {
        expect(view.inputWidth % multiple).toBe(0)
        expect(view.inputHeight % multiple).toBe(0)
        expect(view.inputWidth).toBeGreaterThanOrEqual(view.width)
        expect(view.inputHeight).toBeGreaterThanOrEqual(view.height)
        if (!fixed) expect(view.inputWidth - view.width).toBeLessThan(multiple)
        if (!fixed) expect(view.inputHeight - view.height).toBeLessThan(multiple)
      }
    },
  )

  test('a strip a few pixels wide is enlarged eight times at most', () => {
    const views = plan(3, 5000, { inputSize: { shortSides: [500, 1700] } })
    expect(Math.max(...views.map(({ width }) => width))).toBe(24)
    expect(views.length).toBeLessThan(150)
  })

  test('original is pixel for pixel', () => {
    const [view, ...others] = plan(100, 70, {})
    expect(others).toEqual([])
    expect(view).toEqual({
      region: { x: 0, y: 0, width: 100, height: 70 },
      width: 100,
      height: 70,
      inputWidth: 128,
      inputHeight: 96,
      flip: false,
      quarters: 0,
    })
  })

  test.each<[DetectOptions, number]>([
    [{ minFaceSize: -0 }, 600],
    [{ minFaceSize: 24 }, 600],
    [{ minFaceSize: 32 }, 450],
    [{ minFaceSize: 96 }, 150],
    [{ minFaceSize: 96, inputSize: 'pyramid' }, 150],
    [{ minFaceSize: 96, inputSize: 'original' }, 600],
    [{ minFaceSize: 96, mesh: true }, 600],
    [{ minFaceSize: 96, contextFeatures: true }, 600],
  ])('by default %o shrinks a picture 600 pixels wide to %i', (options, width) => {
    expect(plan(600, 400, options)).toMatchObject([{ width, height: (width * 2) / 3 }])
  })

  test.each([640, { longSide: 640 }])('%o scales the long side, up or down', (inputSize) => {
    expect(plan(1280, 320, { inputSize })).toMatchObject([{ width: 640, height: 160 }])
    expect(plan(40, 80, { inputSize })).toMatchObject([{ width: 320, height: 640 }])
    expect(plan(3, 5000, { inputSize })).toMatchObject([{ width: 1, height: 640 }])
  })

  test.prop([side, side, side, side])(
    'a fixed size is filled and never exceeded',
    (w, h, width, height) => {
      const views = plan(w, h, { inputSize: { width, height } }, 1)
      expect(views).toMatchObject([{ inputWidth: width, inputHeight: height }])
      const [view] = views
      expect(view!.width === width || view!.height === height).toBe(true)
      expect(view!.width <= width && view!.height <= height).toBe(true)
    },
  )

  test('shortSides gives one view a scale', () => {
    const views = plan(1000, 500, { inputSize: { shortSides: [500, 800] } })
    expect(views).toMatchObject([
      { width: 1000, height: 500 },
      { width: 1600, height: 800 },
    ])
  })

  test('flip doubles every view', () => {
    const views = plan(100, 70, { flip: true })
    expect(views.map(({ flip }) => flip)).toEqual([false, true])
    expect({ ...views[1], flip: false }).toEqual(views[0])
  })

  test('the region is what is scaled', () => {
    const region = { x: 10, y: 20, width: 50, height: 25 }
    const [view] = plan(100, 70, { region, inputSize: 100 })
    expect(view).toMatchObject({ region, width: 100, height: 50 })
  })

  test('a larger picture than tileSize is cut', () => {
    expect(plan(700, 600, { tileSize: 640 }).length).toBe(3)
    expect(plan(700, 600, { tileSize: 640, flip: true }).length).toBe(6)
    expect(plan(700, 600, { tileSize: 640, inputSize: { width: 700, height: 600 } }).length).toBe(1)
  })
})
