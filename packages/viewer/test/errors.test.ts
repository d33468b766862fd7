import * as meshDecoder from '@retinaface/mesh-decoder'
import { expect, test } from 'vitest'
import { ImageReadError, InvalidArgumentError, RetinaFaceError } from '../../core/src/index.ts'
import { UnsupportedError } from '../src/errors/unsupported-error.ts'
import * as viewer from '../src/index.ts'

test('all packages share one base class, and classes of one name are one', () => {
  expect(viewer.RetinaFaceError).toBe(RetinaFaceError)
  expect(viewer.InvalidArgumentError).toBe(InvalidArgumentError)
  expect(meshDecoder.RetinaFaceError).toBe(RetinaFaceError)
  expect(meshDecoder.InvalidArgumentError).toBe(InvalidArgumentError)
  expect(new UnsupportedError('no canvas')).toBeInstanceOf(RetinaFaceError)
})

test('isInstance of a class is false of the errors of other packages', () => {
  const unsupported = new UnsupportedError('no canvas')
  expect(RetinaFaceError.isInstance(unsupported)).toBe(true)
  expect(UnsupportedError.isInstance(unsupported)).toBe(true)
  expect(ImageReadError.isInstance(unsupported)).toBe(false)
  const damaged = thrownBy(() => meshDecoder.readMeshTopology(new Uint8Array(3)))
  expect(meshDecoder.WeightFileError.isInstance(damaged)).toBe(true)
  expect(UnsupportedError.isInstance(damaged)).toBe(false)
  expect(InvalidArgumentError.isInstance(damaged)).toBe(false)
})

function thrownBy(action: () => unknown): unknown {
  try {
    action()
    return undefined
  } catch (error) {
    return error
  }
}
