import { expect, test } from 'vitest'
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
import { reviveError, serializeError } from '../../src/remote/serialize-error.ts'

const carry = (error: unknown) => reviveError(structuredClone(serializeError(error)))

test.each([
  new DisposedError('RetinaFace', 'detect faces'),
  new ImageReadError('a.jpg', 'no.'),
  new InvalidArgumentError('options.threads', 'a positive integer', -1),
  new InvalidImageError('wrong'),
  new InvalidMeshError('wrong'),
  new ModelLoadError('wrong'),
  new ModelMismatchError('wrong'),
  new ProviderUnavailableError('cuda', 'no.', ['cpu']),
  new WeightFileError('wrong'),
  new WorkerLostError('it has ended.'),
])('$name arrives with its class, message and fields', (error) => {
  const arrived = carry(error)
  expect(arrived).toBeInstanceOf(error.constructor)
  expect(arrived).toEqual(error)
  expect({ ...(arrived as Error) }).toEqual({ ...error })
})

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
