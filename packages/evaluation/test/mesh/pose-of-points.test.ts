import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type Points, poseOfPoints } from '../../src/index.ts'

const canonical: Points = Array.from({ length: 468 }, (_, i) => [
  7 * Math.cos(i),
  9 * Math.sin(2 * i),
  4 * Math.cos(3 * i) + 2,
])

type Matrix = readonly (readonly number[])[]
const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)))

/** R_y(yaw) · R_x(−pitch) · R_z(roll), as docs/coordinate-frames.md has it. */
function rotation(yaw: number, pitch: number, roll: number): Matrix {
  const [y, p, r] = [yaw, pitch, roll].map((angle) => (angle * Math.PI) / 180) as [
    number,
    number,
    number,
  ]
  const [cy, sy, cp, sp] = [Math.cos(y), Math.sin(y), Math.cos(-p), Math.sin(-p)]
  const aboutY = [
    [cy, 0, sy],
    [0, 1, 0],
    [-sy, 0, cy],
  ]
  const aboutX = [
    [1, 0, 0],
    [0, cp, -sp],
    [0, sp, cp],
  ]
  const aboutZ = [
    [Math.cos(r), -Math.sin(r), 0],
    [Math.sin(r), Math.cos(r), 0],
    [0, 0, 1],
  ]
  return multiply(multiply(aboutY, aboutX), aboutZ)
}

/** The canonical points turned, scaled, moved and in image pixels. */
function seen(turn: Matrix, scale: number, noise = 0): Points {
  return canonical.map((point, i) => {
    const [x = 0, y = 0, z = 0] = turn.map((row) =>
      row.reduce((sum, value, k) => sum + value * point[k]!, 0),
    )
    return [300 + scale * x + noise * Math.sin(5 * i), 200 - scale * y, 40 - scale * z]
  })
}

const angle = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true })

describe('poseOfPoints', () => {
  test.prop([angle(179), angle(85), angle(179), fc.double({ min: 0.1, max: 50, noNaN: true })])(
    'finds the turn of points that were turned, scaled and moved',
    (yaw, pitch, roll, scale) => {
      const found = poseOfPoints(seen(rotation(yaw, pitch, roll), scale), canonical)
      expect(found.yaw).toBeCloseTo(yaw, 5)
      expect(found.pitch).toBeCloseTo(pitch, 5)
      expect(found.roll).toBeCloseTo(roll, 5)
    },
  )

  test('points off their places by a little turn the pose by a little', () => {
    const { yaw, pitch, roll } = poseOfPoints(seen(rotation(20, -10, 5), 10, 3), canonical)
    expect(Math.hypot(yaw - 20, pitch + 10, roll - 5)).toBeLessThan(2)
  })

  test('further points play no part, and too few are refused', () => {
    const points = seen(rotation(20, -10, 5), 10)
    expect(poseOfPoints([...points, [9, 9, 9]], canonical)).toEqual(poseOfPoints(points, canonical))
    expect(() => poseOfPoints(points.slice(1), canonical)).toThrow('received 467')
  })
})
