import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import {
  anchorToImage,
  imageToAnchor,
  projectToAnchor,
  projectToAnchorBackward,
} from '../../src/camera/anchor-frame.ts'
import { cropPinhole, pinholeOf, toScreen } from '../../src/camera/pinhole.ts'
import { InvalidArgumentError } from '../../src/errors/retinaface-error.ts'
import {
  dot,
  finiteDifferences,
  normalNumbers,
  randomNumbers,
  worstDifference,
} from '../helpers/numbers.ts'

function scene(seed: number) {
  const normal = normalNumbers(randomNumbers(seed))
  const points = Float32Array.from({ length: 15 }, () => 6 * normal())
  const omega = [0.6 * normal(), 0.6 * normal(), 0.6 * normal()]
  const camera = Float32Array.of(2 * normal(), 2 * normal(), -60 + 5 * normal(), ...omega, 3)
  const weight = Float32Array.from({ length: 15 }, normal)
  return { points, camera, weight }
}

test.prop([fc.integer()])('gradients of the projection agree with finite differences', (seed) => {
  const { points, camera, weight } = scene(seed)
  const loss = () => dot(projectToAnchor(points, camera), weight)
  const byPoints = new Float32Array(points.length)
  const byCamera = new Float32Array(7)
  projectToAnchorBackward(points, camera, weight, byPoints, byCamera)
  expect(worstDifference(byPoints, finiteDifferences(points, 0.5, loss))).toBeLessThan(1e-3)
  const expected = finiteDifferences(camera, 0.05, loss)
  // The translation's gradient is much smaller than the rotation's: each is held to its own size.
  for (const [from, to] of [
    [0, 3],
    [3, 6],
    [6, 7],
  ] as const) {
    const part = expected.slice(from, to)
    const floor = 1e-2
    expect(worstDifference([...byCamera.slice(from, to), floor], [...part, floor])).toBeLessThan(
      1e-3,
    )
  }
})

test.prop([fc.integer()])('gradients add to what is there', (seed) => {
  const { points, camera, weight } = scene(seed)
  const once = [new Float32Array(points.length), new Float32Array(7)] as const
  projectToAnchorBackward(points, camera, weight, ...once)
  const twice = [once[0].slice(), once[1].slice()] as const
  projectToAnchorBackward(points, camera, weight, ...twice)
  expect(
    worstDifference(
      twice[0],
      once[0].map((x) => 2 * x),
    ),
  ).toBeLessThan(1e-5)
  expect(
    worstDifference(
      twice[1],
      once[1].map((x) => 2 * x),
    ),
  ).toBeLessThan(1e-5)
})

test.prop([fc.integer()])('anchor to image and back is the identity', (seed) => {
  const { points } = scene(seed)
  const anchor = { centre: [312.5, 77] as const, size: 64 }
  expect(
    worstDifference(imageToAnchor(anchorToImage(points, anchor), anchor), points),
  ).toBeLessThan(1e-5)
})

test('the canonical origin projects to depth zero, a nearer point to a negative one', () => {
  const points = Float32Array.of(0, 0, 0, 0, 0, 5)
  const projected = projectToAnchor(points, [1, 2, -50, 0, 0, 0, 3])
  expect(projected[2]).toBeCloseTo(0, 6)
  expect(projected[5]).toBeCloseTo((-5 * 3) / 50, 6)
})

test('a crop camera sees a point where the crop has it', () => {
  const { points } = scene(1)
  for (let i = 2; i < points.length; i += 3) points[i]! -= 60
  const pinhole = pinholeOf([0, 0, -60, 0, 0, 0, 3], { centre: [100, 120], size: 50 })
  const seen = toScreen(points, pinhole)
  const inCrop = toScreen(points, cropPinhole(pinhole, 30, 40, 2.5))
  expect(inCrop[0]).toBeCloseTo((seen[0]! - 30) * 2.5, 3)
  expect(inCrop[1]).toBeCloseTo((seen[1]! - 40) * 2.5, 3)
})

test('a wrong length is named', () => {
  expect(() => projectToAnchor(new Float32Array(3), [0, 0, -60])).toThrow(InvalidArgumentError)
  expect(() => projectToAnchor(new Float32Array(3), [0, 0, -60])).toThrow(
    'Expected 7 numbers for camera but received 3.',
  )
  expect(() => projectToAnchor(new Float32Array(4), new Float32Array(7))).toThrow('points')
})
