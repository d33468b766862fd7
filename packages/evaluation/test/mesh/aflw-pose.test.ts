import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type PoseAngles, poseFromAflw } from '../../src/index.ts'

type Matrix = readonly (readonly number[])[]

const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => row.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)))

/** Right-handed turn about axis 0, 1 or 2. */
function turn(axis: 0 | 1 | 2, radians: number): Matrix {
  const [c, s] = [Math.cos(radians), Math.sin(radians)]
  const [next, last] = [(axis + 1) % 3, (axis + 2) % 3]
  const matrix: number[][] = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? 1 : 0)))
  matrix[next]![next] = matrix[last]![last] = c
  matrix[last]![next] = s
  matrix[next]![last] = -s
  return matrix
}

function rotationOf({ yaw, pitch, roll }: PoseAngles): Matrix {
  const radian = Math.PI / 180
  const tilted = multiply(turn(0, -pitch * radian), turn(2, roll * radian))
  return multiply(turn(1, yaw * radian), tilted)
}

const angle = fc.double({ min: -1.4, max: 1.4, noNaN: true })

describe('poseFromAflw', () => {
  test.prop([angle, angle, angle])('describes the same rotation', (pitch, yaw, roll) => {
    const theirs = multiply(turn(0, -pitch), multiply(turn(1, -yaw), turn(2, -roll)))
    rotationOf(poseFromAflw([pitch, yaw, roll]))
      .flat()
      .forEach((value, i) => {
        expect(value).toBeCloseTo(theirs.flat()[i]!, 9)
      })
  })

  test('keeps the sign of pitch and turns those of yaw and roll', () => {
    const degrees = ([pitch, yaw, roll]: number[]) => poseFromAflw([pitch!, yaw!, roll!])
    expect(degrees([0.5, 0, 0]).pitch).toBeCloseTo(28.648, 3)
    expect(degrees([0, 0.5, 0]).yaw).toBeCloseTo(-28.648, 3)
    expect(degrees([0, 0, 0.5]).roll).toBeCloseTo(-28.648, 3)
  })
})
