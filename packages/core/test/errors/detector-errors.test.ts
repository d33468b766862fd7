import { describe, expect, test } from 'vitest'
import {
  DisposedError,
  ImageReadError,
  InvalidArgumentError,
  InvalidImageError,
  InvalidMeshError,
  ModelLoadError,
  ModelMismatchError,
  ProviderUnavailableError,
  RetinaFaceError,
  WeightFileError,
  WorkerLostError,
} from '../../src/index.ts'

const cause = new Error('the decoder’s own words')

describe('RetinaFaceError', () => {
  test.each([
    [new InvalidArgumentError('options.scale', 'a number', 'x'), 'INVALID_ARGUMENT'],
    [new InvalidImageError('wrong'), 'INVALID_IMAGE'],
    [new ImageReadError('photo.jpg', 'it is empty', cause), 'IMAGE_READ'],
    [new ModelMismatchError('wrong'), 'MODEL_MISMATCH'],
    [new ModelLoadError('wrong', cause), 'MODEL_LOAD'],
    [new DisposedError('RetinaFace', 'detect faces'), 'DISPOSED'],
  ])('%s is an Error of its own name with the code %s', (error, code) => {
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe(error.constructor.name)
    expect(String(error)).toBe(`${error.name}: ${error.message}`)
    expect(error.code).toBe(code)
    expect(RetinaFaceError.isInstance(error)).toBe(true)
  })

  test('isInstance of a class is true of its own errors only, of the base class of all', () => {
    const errors = [
      new InvalidArgumentError('options.scale', 'a number', 'x'),
      new InvalidImageError('wrong'),
      new InvalidMeshError('wrong'),
      new WeightFileError('wrong'),
      new ProviderUnavailableError('cuda', 'no.', ['cpu']),
      new ImageReadError('photo.jpg', 'it is empty'),
      new ModelMismatchError('wrong'),
      new ModelLoadError('wrong'),
      new DisposedError('RetinaFace', 'detect faces'),
      new WorkerLostError('it has ended.'),
    ]
    const classes = errors.map((error) => error.constructor as typeof RetinaFaceError)
    for (const [i, error] of errors.entries()) {
      expect(RetinaFaceError.isInstance(error)).toBe(true)
      expect(classes.map((one) => one.isInstance(error))).toEqual(classes.map((_, j) => i === j))
    }
  })

  test('isInstance knows errors of another copy of the package and nothing else', () => {
    const fromAnotherCopy = Object.assign(new Error('x'), {
      [Symbol.for('retinaface.error')]: true,
    })
    expect(RetinaFaceError.isInstance(fromAnotherCopy)).toBe(true)
    for (const other of [new Error('x'), null, undefined, 'INVALID_IMAGE', { code: 'DISPOSED' }]) {
      expect(RetinaFaceError.isInstance(other)).toBe(false)
    }
  })

  test('carries the cause only when there is one', () => {
    expect(new ImageReadError('photo.jpg', 'it is empty', cause).cause).toBe(cause)
    expect(new ImageReadError('photo.jpg', 'it is empty')).not.toHaveProperty('cause')
    expect(new ImageReadError('photo.jpg', 'it is empty').message).toBe(
      'Could not read photo.jpg: it is empty',
    )
  })

  test.each<[unknown, string]>([
    ['text', '"text"'],
    ['x'.repeat(1000), `"${'x'.repeat(80)}"`],
    [Number.NaN, 'NaN'],
    [undefined, 'undefined'],
    [null, 'null'],
    [[1, 2, 3], 'an array of 3'],
    [new Float32Array(3), 'a Float32Array of 3'],
    [new Int32Array(2), 'an Int32Array of 2'],
    [new Map(), 'an object of type Map'],
    [Object.create(null), 'an object of type null prototype'],
    [() => 1, 'a function'],
    [Symbol('s'), 'Symbol(s)'],
    [10n, '10'],
  ])('names the argument, what was expected and, shortly, what came: %o', (received, shown) => {
    const error = new InvalidArgumentError('options.size', 'a number', received)
    expect(error.argument).toBe('options.size')
    expect(error.message).toBe(`Expected a number for options.size but received ${shown}.`)
  })
})

test('a message has a few hundred characters at most, its beginning and its end', () => {
  const { message } = new ImageReadError(`"${'x'.repeat(5000)}"`, `${'y'.repeat(5000)} the end.`)
  expect(message.length).toBeLessThan(600)
  expect(message).toMatch(/^Could not read "x+ \[…\] y+ the end\.$/)
})
