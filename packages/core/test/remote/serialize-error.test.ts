import { expect, test } from 'vitest'
import { ImageReadError, InvalidArgumentError, RetinaFaceError } from '../../src/index.ts'
import { reviveError, serializeError } from '../../src/remote/serialize-error.ts'

const carry = (error: unknown) => reviveError(structuredClone(serializeError(error)))

test('our errors arrive as what they were', () => {
  const error = carry(new InvalidArgumentError('options.threads', 'a positive integer', -1))
  expect(error).toBeInstanceOf(InvalidArgumentError)
  expect(RetinaFaceError.isInstance(error)).toBe(true)
  expect(error).toMatchObject({
    name: 'InvalidArgumentError',
    code: 'INVALID_ARGUMENT',
    argument: 'options.threads',
  })
})

test('a cause that cannot be cloned arrives as its text', () => {
  const cause = Object.assign(new Error('inner'), { trouble: () => 1 })
  expect(carry(new ImageReadError('a.jpg', 'it is damaged.', cause))).toMatchObject({
    source: 'a.jpg',
    cause: { message: 'inner' },
  })
  expect(carry(new ImageReadError('a.jpg', 'no.', () => 1))).toMatchObject({
    cause: { message: '() => 1' },
  })
})

test('other errors arrive as the platform clones them', () => {
  expect(carry(new RangeError('too far'))).toBeInstanceOf(RangeError)
  expect(carry('text')).toBe('text')
})
