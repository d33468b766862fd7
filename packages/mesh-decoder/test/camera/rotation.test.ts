import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { rotationMatrix, rotationMatrixBackward } from '../../src/camera/rotation-matrix.ts'
import { rotationVector } from '../../src/camera/rotation-vector.ts'
import { dot, finiteDifferences, worstDifference } from '../helpers/numbers.ts'

const axis = fc
  .tuple(
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: -1, max: 1, noNaN: true }),
  )
  .filter((v) => Math.hypot(...v) > 0.1)
  .map((v) => v.map((x) => x / Math.hypot(...v)))
const angle = fc.oneof(
  fc.double({ min: 0, max: Math.PI, noNaN: true }),
  fc.double({ min: 0, max: 1e-3, noNaN: true }),
  fc.double({ min: 0.0999, max: 0.1001, noNaN: true }),
)
const omegas = fc.tuple(axis, angle).map(([unit, theta]) => unit.map((x) => x * theta))

test.prop([omegas])('the matrix is orthonormal with determinant 1', (omega) => {
  const r = rotationMatrix(omega)
  const rows = [r.subarray(0, 3), r.subarray(3, 6), r.subarray(6, 9)] as const
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      expect(dot(rows[i]!, rows[j]!)).toBeCloseTo(i === j ? 1 : 0, 12)
    }
  }
  const cross = [
    r[1]! * r[5]! - r[2]! * r[4]!,
    r[2]! * r[3]! - r[0]! * r[5]!,
    r[0]! * r[4]! - r[1]! * r[3]!,
  ]
  expect(dot(cross, rows[2]!)).toBeCloseTo(1, 12)
})

test.prop([omegas])('the matrix of the vector of a matrix is that matrix', (omega) => {
  const r = rotationMatrix(omega)
  expect(worstDifference(rotationMatrix(rotationVector(r)), r)).toBeLessThan(1e-6)
})

test.prop([
  omegas,
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }),
])('the gradient agrees with finite differences, at every angle', (omega, weight) => {
  fc.pre(Math.hypot(...weight) > 0.1)
  const variables = Float32Array.from(omega)
  const expected = finiteDifferences(variables, 1e-3, () => dot(rotationMatrix(variables), weight))
  const gradient = rotationMatrixBackward(variables, weight)
  const floor = Math.hypot(...weight)
  expect(worstDifference([...gradient, floor], [...expected, floor])).toBeLessThan(1e-6)
})

test('the formula and its series meet where one takes over from the other', () => {
  const below = rotationMatrix([0.0999999999, 0, 0])
  const above = rotationMatrix([0.1000000001, 0, 0])
  expect(worstDifference(below, above)).toBeLessThan(1e-9)
})
