import { describe, expect, test } from 'vitest'
import {
  DisposedError,
  ImageReadError,
  InvalidArgumentError,
  InvalidImageError,
  ModelLoadError,
  ModelMismatchError,
  RetinaFaceError,
} from '../../src/index.ts'

const cause = new Error('the decoder’s own words')

describe('RetinaFaceError', () => {
  test.each([
    [new InvalidArgumentError('options.scale', 'a number', 'x'), 'INVALID_ARGUMENT'],
    [new InvalidImageError('wrong'), 'INVALID_IMAGE'],
    [new ImageReadError('photo.jpg', 'it is empty', cause), 'IMAGE_READ'],
    [new ModelMismatchError('wrong'), 'MODEL_MISMATCH'],
    [new ModelLoadError('wrong', cause), 'MODEL_LOAD'],
    [new DisposedError(), 'DISPOSED'],
  ])('%s is an Error of its own name with the code %s', (error, code) => {
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe(error.constructor.name)
    expect(String(error)).toBe(`${error.name}: ${error.message}`)
    expect(error.code).toBe(code)
    expect(RetinaFaceError.isInstance(error)).toBe(true)
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
