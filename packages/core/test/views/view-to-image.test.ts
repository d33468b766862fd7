import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { Candidate } from '../../src/candidates/decode-candidates.ts'
import type { Quarters } from '../../src/image/turn-image.ts'
import { MNET025, MOBILE025_PYTORCH } from '../../src/index.ts'
import type { DetectionView } from '../../src/views/detection-view.ts'
import { belongsToView, candidateToImage } from '../../src/views/view-to-image.ts'

const side = fc.integer({ min: 1, max: 4000 })
const views: fc.Arbitrary<DetectionView> = fc
  .record({
    region: fc.record({ x: fc.nat(900), y: fc.nat(900), width: side, height: side }),
    width: side,
    height: side,
    flip: fc.boolean(),
    quarters: fc.constantFrom<Quarters[]>(0, 1, 2, 3),
  })
  .map((view) => ({ ...view, inputWidth: view.width + 9, inputHeight: view.height + 5 }))
const place = fc.double({ min: -50, max: 4000, noNaN: true })
const coordinates = (length: number) => fc.array(place, { minLength: length, maxLength: length })
const configurations = fc.constantFrom(MNET025, MOBILE025_PYTORCH)

function candidateOf(box: readonly number[], landmarks: readonly number[]): Candidate {
  return {
    score: 0.5,
    box: Float64Array.from(box),
    landmarks: Float64Array.from(landmarks),
    anchor: { stride: 8, row: 1, column: 2, index: 0, centreX: 23.5, centreY: 15.5, size: 32 },
  }
}

function expectNear(got: ArrayLike<number>, expected: readonly number[]): void {
  expect(got.length).toBe(expected.length)
  expected.forEach((value, i) => {
    expect(Math.abs(got[i]! - value)).toBeLessThan(1e-6)
  })
}

describe('candidateToImage', () => {
  test.prop([views, configurations, coordinates(4), coordinates(10)])(
    'undoes the letterbox and the turn exactly',
    (view, configuration, [a, b, c, d], landmarks) => {
      const box = [Math.min(a!, c!), Math.min(b!, d!), Math.max(a!, c!), Math.max(b!, d!)]
      const inclusive = configuration.pixelConvention === 'indices' ? 1 : 0
      const [right, bottom] = [view.width - inclusive, view.height - inclusive]
      const toView = (x: number, y: number) => {
        let seen = [
          ((x - view.region.x) * view.width) / view.region.width,
          ((y - view.region.y) * view.height) / view.region.height,
        ] as const
        // A quarter clockwise takes the lower left corner to the upper left one.
        let [last, other] = [right, bottom]
        for (let i = 0; i < view.quarters; i++) {
          seen = [other - seen[1], seen[0]]
          ;[last, other] = [other, last]
        }
        return view.flip ? [last - seen[0], seen[1]] : [...seen]
      }
      const corners = [toView(box[0]!, box[1]!), toView(box[2]!, box[3]!)]
      const [xs, ys] = [0, 1].map((axis) => corners.map((corner) => corner[axis]!))
      const ordered = [Math.min(...xs!), Math.min(...ys!), Math.max(...xs!), Math.max(...ys!)]
      // In a mirrored picture the left eye is where the right one was, and so the mouth corners.
      const order = view.flip ? [1, 0, 2, 4, 3] : [0, 1, 2, 3, 4]
      const seenPoints = order.flatMap((i) => toView(landmarks[2 * i]!, landmarks[2 * i + 1]!))
      const found = candidateToImage(candidateOf(ordered, seenPoints), view, configuration)
      expectNear(found.box, box)
      expectNear(found.landmarks, landmarks)
    },
  )

  test.prop([coordinates(4), coordinates(10), configurations, side])(
    'mirroring twice changes nothing',
    ([a, b, c, d], landmarks, configuration, width) => {
      const box = [Math.min(a!, c!), Math.min(b!, d!), Math.max(a!, c!), Math.max(b!, d!)]
      const region = { x: 0, y: 0, width, height: 10 }
      const view = { region, width, height: 10, inputWidth: width, inputHeight: 10 }
      const mirror = { ...view, flip: true, quarters: 0 } as const
      const once = candidateToImage(candidateOf(box, landmarks), mirror, configuration)
      const twice = candidateToImage(
        candidateOf([...once.box], [...once.landmarks]),
        mirror,
        configuration,
      )
      expectNear(twice.box, box)
      expectNear(twice.landmarks, landmarks)
    },
  )

  test.prop([views, configurations])(
    'takes the anchor along: cell as it was, centre and size in image pixels',
    (view, configuration) => {
      const candidate = candidateOf([7.5, -0.5, 39.5, 31.5], [23.5, 15.5, 0, 0, 0, 0, 0, 0, 0, 0])
      const { anchor, landmarks, box } = candidateToImage(candidate, view, configuration)
      expect(anchor).toMatchObject({ stride: 8, row: 1, column: 2, index: 0, flipped: view.flip })
      // The box is the anchor's own square, the first landmark its centre.
      const first = view.flip ? 2 : 0
      expectNear(anchor.centre, [...landmarks.slice(first, first + 2)])
      expectNear(anchor.centre, [(box[0]! + box[2]!) / 2, (box[1]! + box[3]!) / 2])
      expect(anchor.size ** 2).toBeCloseTo((box[2]! - box[0]!) * (box[3]! - box[1]!), 3)
    },
  )

  test('keeps the score, and the features when there are any', () => {
    const region = { x: 0, y: 0, width: 8, height: 8 }
    const view = {
      region,
      width: 8,
      height: 8,
      inputWidth: 8,
      inputHeight: 8,
      flip: false,
      quarters: 0,
    } as const
    const candidate = candidateOf([0, 0, 1, 1], Array(10).fill(0))
    const contextFeatures = Float32Array.of(1, 2)
    expect(candidateToImage(candidate, view, MNET025)).not.toHaveProperty('contextFeatures')
    expect(candidateToImage({ ...candidate, contextFeatures }, view, MNET025)).toMatchObject({
      score: 0.5,
      contextFeatures,
    })
  })
})

describe('belongsToView', () => {
  const region = { x: 0, y: 0, width: 100, height: 100 }
  const view: DetectionView = {
    region,
    width: 100,
    height: 100,
    inputWidth: 100,
    inputHeight: 100,
    flip: false,
    quarters: 0,
    bounds: { core: [20, 20, 80, 80], edges: [0, 0, 100, 100], minSide: 10, maxSide: 200 },
  }
  const belongs = (box: readonly number[], of = view) =>
    belongsToView(candidateToImage(candidateOf(box, Array(10).fill(0)), of, MOBILE025_PYTORCH), of)

  test.each([
    ['a box in the core', [40, 40, 60, 60], true],
    ['a box that reaches out of the core', [5, 5, 40, 40], true],
    ['a box whose centre is on the core’s first line', [10, 40, 30, 60], true],
    ['a box whose centre is on the core’s last line', [70, 40, 90, 60], false],
    ['a box whose centre is above the core', [40, 0, 60, 30], false],
    ['a box that the tile’s edge cuts', [-1, 10, 60, 60], false],
    ['a box that is too small', [40, 40, 49, 49], false],
    ['a box that is large enough one way', [40, 40, 50, 41], true],
  ] as const)('%s: %o → %s', (_, box, expected) => {
    expect(belongs(box)).toBe(expected)
    const flipped = { ...view, flip: true }
    expect(belongs([100 - box[2], box[1], 100 - box[0], box[3]], flipped)).toBe(expected)
  })

  test('every box belongs to a view without bounds', () => {
    const { bounds: _, ...whole } = view
    expect(belongs([-90, -90, 900, 900], whole)).toBe(true)
  })
})
