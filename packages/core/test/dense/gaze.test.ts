import { rotationMatrix } from '@retinaface/mesh-decoder'
import { expect, test } from 'vitest'
import { gazeOf } from '../../src/dense/gaze.ts'

const scales = {
  typicalSize: 14,
  typicalDistance: 60,
  scaleStep: 0.2,
  placeStep: 0.3,
  distanceRange: [-1.5, 3] as const,
}
const upright = { centreX: 50, centreY: 60, size: 70, cosine: 1, sine: 0 }
const eyeball = { radius: 1.2, centre: [0.1, -0.2, -0.9] as const }
const middles = [Float64Array.of(-0.22, -0.12), Float64Array.of(0.22, -0.12)]

/** Irises that look along `direction` (in the face's axes, y up) when the head is turned by `pose`. */
function irisesFor(direction: readonly number[], pose: readonly number[]): Float64Array {
  const r = rotationMatrix(pose.slice(0, 3))
  const irises = new Float64Array(6)
  for (const side of [0, 1]) {
    const [x, y, z] = eyeball.centre
    const centre = [side === 0 ? x : -x, y, z]
    for (const axis of [0, 1]) {
      const middle = [0, 1, 2].reduce((sum, i) => sum + r[3 * axis + i]! * centre[i]!, 0)
      const moved = (middle + eyeball.radius * direction[axis]!) / scales.typicalSize
      irises[3 * side + axis] = middles[side]![axis]! + (axis === 0 ? moved : -moved)
    }
  }
  return irises
}

test.each([
  [
    [0, 0, 1],
    [0, 0, 0],
  ],
  [
    [0, 0, 1],
    [0.2, 0.5, -0.1],
  ],
  [
    [0.4, -0.3, Math.sqrt(0.75)],
    [-0.3, -0.6, 0.2],
  ],
])('an eye that looks along %o with a head turned by %o is read so', (direction, turn) => {
  const pose = [...turn, 0, 0, 0, 0]
  const found = gazeOf(irisesFor(direction, pose), middles, pose, scales, upright, eyeball)
  expect(found).toHaveLength(3)
  for (const axis of [0, 1, 2]) expect(found[axis]).toBeCloseTo(direction[axis]!, 6)
})

test('the gaze of a tilted face turns with it', () => {
  const pose = [0, 0, 0, 0, 0, 0, 0]
  const irises = irisesFor([0.5, 0, Math.sqrt(0.75)], pose)
  // A quarter turn clockwise in the picture: what was to its right is below.
  const tilted = { ...upright, cosine: 0, sine: 1 }
  const [x, y] = gazeOf(irises, middles, pose, scales, tilted, eyeball)
  expect(x).toBeCloseTo(0, 6)
  expect(y).toBeCloseTo(-0.5, 6)
})

test('irises that lie beyond the eyeball give a unit vector all the same', () => {
  const pose = [0, 0, 0, 0, 0, 0, 0]
  const far = Float64Array.of(3, -4, 0.05, 3, -4, 0.05)
  const [x, y, z] = gazeOf(far, middles, pose, scales, upright, eyeball)
  expect(Math.hypot(x, y, z)).toBeCloseTo(1, 6)
  expect(z).toBeGreaterThan(0.4)
})
