import { expect, test } from 'vitest'
import { ARCFACE_TEMPLATE, cropQuality, type FivePoints, type PixelImage } from '../../src/index.ts'

/** Stripes of two columns, with this contrast, in grey. */
function stripes(contrast: number): PixelImage {
  const [width, height] = [112, 112]
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    (i % width) % 4 < 2 ? 128 - contrast : 128 + contrast,
  )
  return { data, width, height, channels: 1 }
}

const landmarks = ARCFACE_TEMPLATE.points
const face = { score: 1, box: [0, 0, 112, 112] as const, landmarks }
const best = cropQuality(face, stripes(100))

/** The face with its nose moved along the line of its eyes, by a share of their distance. */
function turned(share: number): FivePoints {
  const [right, left, nose, ...mouth] = landmarks
  const moved = [
    nose[0] + share * (left[0] - right[0]),
    nose[1] + share * (left[1] - right[1]),
  ] as const
  return [right, left, moved, ...mouth]
}

test('a large, sure, sharp face that looks into the camera is nearly 1', () => {
  expect(best).toBeGreaterThan(0.95)
  expect(best).toBeLessThanOrEqual(1)
})

test('score and size count in proportion, the size up to that of the crop', () => {
  expect(cropQuality({ ...face, score: 0.5 }, stripes(100))).toBeCloseTo(best / 2, 10)
  expect(cropQuality({ ...face, box: [0, 0, 56, 56] }, stripes(100))).toBeCloseTo(best / 2, 10)
  expect(cropQuality({ ...face, box: [0, 0, 999, 999] }, stripes(100))).toBe(best)
})

test('the more a face is turned or blurred, the worse; a profile is 0', () => {
  const qualities = [0, 0.2, 0.4].map((share) =>
    cropQuality({ ...face, landmarks: turned(share) }, stripes(100)),
  )
  expect(qualities).toEqual(qualities.toSorted((a, b) => b - a))
  expect(qualities[0]! - qualities[1]!).toBeCloseTo(qualities[1]! - qualities[2]!, 1)
  expect(cropQuality({ ...face, landmarks: turned(0.6) }, stripes(100))).toBe(0)
  const blurred = [100, 10, 3, 0].map((contrast) => cropQuality(face, stripes(contrast)))
  expect(blurred).toEqual([...new Set(blurred)].sort((a, b) => b - a))
  expect(blurred.at(-1)).toBe(0)
})
