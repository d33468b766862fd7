import { describe, expect, test } from 'vitest'
import {
  MNET025,
  MOBILE025_PYTORCH,
  type ModelConfiguration,
  ModelMismatchError,
  PAPER_P2_P6,
} from '../../src/index.ts'
import { bindOutputs, type OutputTensor } from '../../src/network/bind-outputs.ts'
import { resolveOutputNames } from '../../src/network/resolve-output-names.ts'
import { plantOutputs } from '../support/planted-faces.ts'

const size = { width: 128, height: 64 }

function bind(
  configuration: ModelConfiguration,
  change: (tensors: Record<string, OutputTensor>) => void = () => undefined,
) {
  const tensors = plantOutputs(configuration, size, [])
  const names = resolveOutputNames(configuration, Object.keys(tensors))
  change(tensors)
  return bindOutputs(configuration, names, size, tensors)
}

describe('bindOutputs', () => {
  test('gives each level its rows and columns', () => {
    const levels = bind(MNET025).map(({ rows, columns }) => [rows, columns])
    expect(levels).toEqual([
      [2, 4],
      [4, 8],
      [8, 16],
    ])
  })

  test('says which output is missing and which are there', () => {
    const drop = (tensors: Record<string, OutputTensor>) => {
      delete tensors.loc
    }
    expect(() => bind(MOBILE025_PYTORCH, drop)).toThrow(ModelMismatchError)
    expect(() => bind(MOBILE025_PYTORCH, drop)).toThrow(
      /no output "loc".*"mobile025-pytorch".*conf, landms/,
    )
  })

  test('says the shape that was expected and the one that came', () => {
    const crooked = (tensors: Record<string, OutputTensor>) => {
      tensors.conf = { type: 'float32', data: new Float32Array(20), dims: [1, 10, 2] }
    }
    expect(() => bind(MOBILE025_PYTORCH, crooked)).toThrow(
      '"conf" does not fit the configuration "mobile025-pytorch": expected float32 [1, 336, 2] but received float32 [1, 10, 2]',
    )
  })

  test('says the type that came when it is not float32', () => {
    const half = (tensors: Record<string, OutputTensor>) => {
      const { dims } = tensors.conf!
      tensors.conf = { type: 'float16', data: new Uint16Array(672), dims }
    }
    expect(() => bind(MOBILE025_PYTORCH, half)).toThrow('but received float16 [1, 336, 2]')
  })

  test('notices a configuration with another number of anchors', () => {
    const tensors = plantOutputs(MNET025, size, [])
    const three = MNET025.levels.map((level) => ({ ...level, sizes: [16, 32, 64] }))
    const configuration = { ...MNET025, levels: three }
    const names = resolveOutputNames(configuration, Object.keys(tensors))
    expect(() => bindOutputs(configuration, names, size, tensors)).toThrow(
      'expected float32 [1, 6, 2, 4] but received float32 [1, 4, 2, 4]',
    )
  })

  test('notices features of another size', () => {
    const crooked = (tensors: Record<string, OutputTensor>) => {
      tensors.rf_head_stride8_concat_relu = {
        type: 'float32',
        data: new Float32Array(20),
        dims: [1, 5, 2, 2],
      }
    }
    expect(() => bind(MNET025, crooked)).toThrow('expected float32 [1, 5, 8, 16]')
  })

  test('counts the 102,300 anchors of the paper at 640×640, three quarters of them on P2', () => {
    const square = { width: 640, height: 640 }
    const tensors = plantOutputs(PAPER_P2_P6, square, [])
    const names = resolveOutputNames(PAPER_P2_P6, Object.keys(tensors))
    const counts = bindOutputs(PAPER_P2_P6, names, square, tensors).map(
      ({ rows, columns, level }) => rows * columns * level.sizes.length,
    )
    expect(counts.reduce((sum, count) => sum + count)).toBe(102_300)
    expect(counts[0]! / 102_300).toBeCloseTo(0.75, 2)
  })
})
