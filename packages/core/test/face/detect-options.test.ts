import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { resolveDetectOptions } from '../../src/face/detect-options.ts'
import {
  DETECT_DEFAULTS,
  type DetectOptions,
  InvalidArgumentError,
  PAPER_TEST_PROTOCOL,
} from '../../src/index.ts'

const region = { x: 0, y: 0, width: 10, height: 10 }

describe('resolveDetectOptions', () => {
  test('fills in the defaults, also for undefined', () => {
    expect(resolveDetectOptions({})).toEqual({ ...DETECT_DEFAULTS, stages: {} })
    const undefinedFields = { flip: undefined, inputSize: undefined, signal: undefined }
    expect(resolveDetectOptions(undefinedFields as unknown as DetectOptions)).toEqual({
      ...DETECT_DEFAULTS,
      stages: {},
    })
  })

  test.prop([
    fc.record(
      {
        scoreThreshold: fc.double({ min: 0, max: 1, noNaN: true }),
        nmsThreshold: fc.double({ min: 0, max: 1, noNaN: true }),
        maxFaces: fc.integer({ min: 1 }),
        minFaceSize: fc.nat(),
        inputSize: fc.constantFrom<Required<DetectOptions>['inputSize']>(
          'auto',
          'original',
          640,
          { longSide: 640 },
          { width: 320, height: 240 },
          { shortSides: [500, 800] },
        ),
        region: fc.constant(region),
        flip: fc.boolean(),
        boxVoting: fc.boolean(),
        contextFeatures: fc.boolean(),
        tileSize: fc.integer({ min: 640 }),
        signal: fc.constant(new AbortController().signal),
        onProgress: fc.constant(() => undefined),
      },
      { requiredKeys: [] },
    ),
  ])('accepts and keeps every valid value', (options) => {
    expect(resolveDetectOptions(options)).toEqual({ ...DETECT_DEFAULTS, stages: {}, ...options })
  })

  test.each<[keyof DetectOptions, unknown, string]>([
    ['scoreThreshold', 1.1, 'a number from 0 to 1'],
    ['scoreThreshold', -0.1, 'a number from 0 to 1'],
    ['scoreThreshold', '0.5', 'a number from 0 to 1'],
    ['scoreThreshold', Number.NaN, 'a number from 0 to 1'],
    ['nmsThreshold', 2, 'a number from 0 to 1'],
    ['maxFaces', 0, 'at least 1'],
    ['maxFaces', Number.NaN, 'at least 1'],
    ['minFaceSize', -1, 'at least 0'],
    ['tileSize', 639, 'an integer of at least 640'],
    ['tileSize', 640.5, 'an integer of at least 640'],
    ['tileSize', Number.NaN, 'an integer of at least 640'],
    ['inputSize', 'large', 'a positive integer'],
    ['inputSize', 0, 'a positive integer'],
    ['inputSize', 12.5, 'a positive integer'],
    ['inputSize', null, 'a positive integer'],
    ['inputSize', {}, '{ width, height }'],
    ['inputSize', { longSide: -1 }, '{ longSide }'],
    ['inputSize', { width: 640 }, '{ width, height }'],
    ['inputSize', { width: 8193, height: 64 }, 'at most 8192'],
    ['inputSize', 1e9, 'at most 100000'],
    ['inputSize', { shortSides: [500, 1e6] }, 'at most 100000'],
    ['inputSize', { shortSides: [] }, '{ shortSides }'],
    ['inputSize', { shortSides: [500, 0] }, '{ shortSides }'],
    ['inputSize', { shortSides: 500 }, '{ shortSides }'],
    ['region', { ...region, x: -1 }, 'whole pixels'],
    ['region', { ...region, width: 0 }, 'whole pixels'],
    ['region', { ...region, y: 0.5 }, 'whole pixels'],
    ['region', [0, 0, 10, 10], 'whole pixels'],
    ['mesh', 'yes', 'true, false or an object'],
    ['mesh', null, 'true, false or an object'],
    ['mesh', { normals: 1 }, 'true or false for options.mesh.normals'],
    ['mesh', { texture: 'photo' }, "'model' or 'image' for options.mesh.texture"],
    ['mesh', { refine: -1 }, 'an integer from 0 to 100 for options.mesh.refine'],
    ['mesh', { refine: 1.5 }, 'an integer from 0 to 100'],
    ['mesh', { refine: 101 }, 'an integer from 0 to 100'],
    ['mesh', { refined: 1 }, 'no others than texture, refine, normals for options.mesh'],
    ['flip', 'no', 'true or false'],
    ['boxVoting', 1, 'true or false'],
    ['contextFeatures', null, 'true or false'],
    ['signal', new AbortController(), 'an AbortSignal'],
    ['signal', null, 'an AbortSignal'],
    ['onProgress', true, 'a function'],
  ])('names %s when it is %o', (name, value, expected) => {
    const options = { [name]: value } as DetectOptions
    expect(() => resolveDetectOptions(options)).toThrow(InvalidArgumentError)
    expect(() => resolveDetectOptions(options)).toThrow(expected)
    expect(() => resolveDetectOptions(options)).toThrow(`options.${name}`)
  })

  test('a misspelt option is named, with those that there are', () => {
    const misspelt = { scoreTreshold: 0.9 } as DetectOptions
    expect(() => resolveDetectOptions(misspelt)).toThrow(InvalidArgumentError)
    expect(() => resolveDetectOptions(misspelt)).toThrow(
      /^Expected no others than scoreThreshold, .* for options but received "scoreTreshold"/,
    )
  })

  test.each([null, 5, 'x', true])('options of %o are refused', (options) => {
    expect(() => resolveDetectOptions(options as DetectOptions)).toThrow(
      /Expected an object for options/,
    )
  })

  test('the paper’s protocol is five scales, mirrored, with box voting at 0.4', () => {
    expect(resolveDetectOptions(PAPER_TEST_PROTOCOL)).toEqual({
      ...DETECT_DEFAULTS,
      stages: {},
      inputSize: { shortSides: [500, 800, 1100, 1400, 1700] },
      flip: true,
      boxVoting: true,
      nmsThreshold: 0.4,
    })
  })

  test('options of stages are kept by name; of meshes with their defaults', () => {
    expect(resolveDetectOptions({ mesh: true }).stages).toEqual({
      mesh: { texture: 'model', refine: 0, normals: false },
    })
    expect(resolveDetectOptions({ mesh: { refine: 2 } }).stages).toMatchObject({
      mesh: { refine: 2 },
    })
    expect(resolveDetectOptions({ mesh: false }).stages).toEqual({})
    const own = { smile: { side: 'left' }, frown: true } as DetectOptions
    expect(resolveDetectOptions(own, ['smile', 'frown']).stages).toEqual({
      smile: { side: 'left' },
      frown: {},
    })
    expect(() => resolveDetectOptions(own, ['smile'])).toThrow(/no others than .*"frown"/)
  })
})

test.each([[0], [Number.NaN], [''], [false], [null], ['0,0,9,9']])(
  'a region of %j is refused, not passed over',
  (region) => {
    const options = { region } as unknown as DetectOptions
    expect(() => resolveDetectOptions(options)).toThrow(InvalidArgumentError)
    expect(() => resolveDetectOptions(options)).toThrow('options.region')
  },
)
