import { expect, test } from 'vitest'
import { DLIB_RESNET, SFACE, similarity, thresholdAt, verify } from '../src/index.ts'

test('similarity is the cosine of vectors of length 1', () => {
  const [a, b] = [Float32Array.of(1, 0), Float32Array.of(Math.cos(1), Math.sin(1))]
  expect(similarity(a, a)).toBe(1)
  expect(similarity(a, b)).toBeCloseTo(Math.cos(1), 6)
  expect(similarity(a, Float32Array.of(-1, 0))).toBe(-1)
})

test('similarity tells the distance of others: 0.6 is 0.82', () => {
  expect(similarity(Float32Array.of(1, 2), Float32Array.of(1, 2.6))).toBeCloseTo(0.82, 6)
})

test.each([
  [Float32Array.of(1), Float32Array.of(1, 2)],
  [new Float32Array(0), new Float32Array(0)],
  [undefined, Float32Array.of(1)],
])('similarity refuses %j and %j', (a, b) => {
  expect(() => similarity(a as Float32Array, b)).toThrow('two embeddings of one embedder')
})

test('verify says what it goes by', () => {
  const [a, b] = [Float32Array.of(0, 0), Float32Array.of(0, 0.5)]
  expect(verify(a, b, 0.875)).toEqual({ same: true, similarity: 0.875, threshold: 0.875 })
  expect(verify(a, b, 0.876)).toMatchObject({ same: false })
  expect(() => verify(a, b, Number.NaN)).toThrow('a number for threshold')
})

test('thresholdAt gives what was measured, and says where nothing was', () => {
  const measured = {
    ...DLIB_RESNET,
    falseAcceptance: [
      { rate: 0.01, similarity: 0.8 },
      { rate: 0.001, similarity: 0.9 },
    ],
  }
  expect(thresholdAt(measured, 0.001)).toBe(0.9)
  expect(() => thresholdAt(measured, 0.5)).toThrow(
    'one of the rates measured for dlib-resnet, 0.01, 0.001',
  )
  expect(() => thresholdAt(SFACE, 0.01)).toThrow('nothing was measured for sface')
})
