import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type Candidate, decodeCandidates } from '../../src/candidates/decode-candidates.ts'
import {
  MNET025,
  MOBILE025_PYTORCH,
  MODEL_PRESETS,
  type ModelConfiguration,
  ModelMismatchError,
} from '../../src/index.ts'
import { bindOutputs } from '../../src/network/bind-outputs.ts'
import { resolveOutputNames } from '../../src/network/resolve-output-names.ts'
import {
  anchorOf,
  featureChannels,
  type PlantedFace,
  plantedFaces,
  plantedFeature,
  plantOutputs,
  type Size,
} from '../support/planted-faces.ts'

const size = { width: 192, height: 128 }

function decode(
  configuration: ModelConfiguration,
  faces: readonly PlantedFace[],
  { threshold = 0.5, limit = 1000, contextFeatures = false, at = size as Size } = {},
): Candidate[] {
  const tensors = plantOutputs(configuration, at, faces)
  const names = resolveOutputNames(configuration, Object.keys(tensors))
  const levels = bindOutputs(configuration, names, at, tensors)
  return decodeCandidates(configuration, levels, threshold, limit, contextFeatures)
}

const bestFirst = (faces: readonly PlantedFace[]) => [...faces].sort((a, b) => b.score - a.score)

function expectNear(got: Float64Array, expected: readonly number[], tolerance: number): void {
  expect(got.length).toBe(expected.length)
  got.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(tolerance)
  })
}

describe.each(Object.values(MODEL_PRESETS))('decodeCandidates with $name', (configuration) => {
  test.prop([plantedFaces(configuration, size)], { numRuns: 40 })(
    'gives back every encoded face with its box, landmarks and anchor, the best first',
    (faces) => {
      const expected = bestFirst(faces.filter(({ score }) => Math.fround(score) >= 0.5))
      const found = decode(configuration, faces)
      expect(found.length).toBe(expected.length)
      expected.forEach((face, i) => {
        const { score, box, landmarks, anchor } = found[i]!
        const { x, y, side } = anchorOf(configuration, face)
        expect(score).toBeCloseTo(face.score, 6)
        expectNear(box, face.box, side * 1e-5)
        expectNear(landmarks, face.landmarks, side * 1e-5)
        expect(anchor).toEqual({
          stride: configuration.levels[face.level]!.stride,
          row: face.row,
          column: face.column,
          index: face.index,
          centreX: x,
          centreY: y,
          size: side,
        })
      })
    },
  )

  test.prop([plantedFaces(configuration, size), fc.double({ min: 0.01, max: 1, noNaN: true })], {
    numRuns: 20,
  })('a lower threshold only adds faces at the end', (faces, threshold) => {
    const all = decode(configuration, faces, { threshold: 0.001 })
    const some = decode(configuration, faces, { threshold })
    expect(some).toEqual(all.filter(({ score }) => score >= threshold))
  })

  test.prop([plantedFaces(configuration, size), fc.integer({ min: 1, max: 12 })], { numRuns: 20 })(
    'the limit keeps the best',
    (faces, limit) => {
      const all = decode(configuration, faces, { threshold: 0.001 })
      expect(decode(configuration, faces, { threshold: 0.001, limit })).toEqual(all.slice(0, limit))
    },
  )
})

describe('decodeCandidates', () => {
  const face: PlantedFace = {
    level: 1,
    row: 2,
    column: 3,
    index: 1,
    score: 0.75,
    box: [10, 20, 90, 80],
    landmarks: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  }

  test('centres InsightFace’s anchors on pixel 7.5 at every stride', () => {
    const [found] = decode(MNET025, [face])
    expect(found!.anchor).toMatchObject({ centreX: 7.5 + 3 * 16, centreY: 7.5 + 2 * 16, size: 64 })
  })

  test('centres the PyTorch priors in the middle of their cells', () => {
    const [found] = decode(MOBILE025_PYTORCH, [face])
    expect(found!.anchor).toMatchObject({ centreX: 3.5 * 16, centreY: 2.5 * 16, size: 128 })
  })

  test('a zero prediction is the anchor itself, one pixel less wide with inclusive indices', () => {
    for (const [configuration, width] of [
      [MNET025, 63],
      [{ ...MNET025, pixelConvention: 'edges' }, 64],
    ] as const) {
      const tensors = plantOutputs(configuration, size, [{ ...face, box: [0, 0, 1, 1] }])
      tensors.face_rpn_bbox_pred_stride16 = {
        ...tensors.face_rpn_bbox_pred_stride16!,
        data: new Float32Array(8 * 8 * 12),
      }
      const names = resolveOutputNames(configuration, Object.keys(tensors))
      const levels = bindOutputs(configuration, names, size, tensors)
      const { box } = decodeCandidates(configuration, levels, 0.5, 1, false)[0]!
      const [x, y, half] = [55.5, 39.5, width / 2]
      expect([...box]).toEqual([x - half, y - half, x + half, y + half])
    }
  })

  test('gives the features of the anchor’s own cell, and only when asked', () => {
    const [found] = decode(MNET025, [face], { contextFeatures: true })
    const expected = Array.from({ length: featureChannels }, (_, i) => plantedFeature(2, 3, i))
    expect([...found!.contextFeatures!]).toEqual(expected)
    expect(decode(MNET025, [face])[0]).not.toHaveProperty('contextFeatures')
    expect(decode(MOBILE025_PYTORCH, [face], { contextFeatures: true })[0]).not.toHaveProperty(
      'contextFeatures',
    )
  })

  test('puts equal scores in the order of level, anchor and cell, every time', () => {
    const places = [
      [2, 0, 5, 1],
      [0, 1, 1, 0],
      [2, 3, 4, 0],
      [2, 0, 5, 0],
      [0, 0, 0, 1],
    ] as const
    const faces = places.map(([level, row, column, index]) => ({
      ...face,
      level,
      row,
      column,
      index,
    }))
    const expected = [1, 4, 3, 2, 0].map((i) => places[i]!)
    for (let run = 0; run < 3; run++) {
      const found = decode(MNET025, faces).map(({ anchor }) => [
        anchor.row,
        anchor.column,
        anchor.index,
      ])
      expect(found).toEqual(expected.map((place) => place.slice(1)))
    }
  })

  test('a box or a landmark that is not finite is an error that names its cell', () => {
    const unlimited = { ...face, landmarks: [Number.NaN, 2, 3, 4, 5, 6, 7, 8, 9, 10] }
    const endless = { ...face, box: [10, 20, Number.POSITIVE_INFINITY, 80] } as const
    for (const damaged of [unlimited, endless]) {
      expect(() => decode(MNET025, [damaged])).toThrow(ModelMismatchError)
      expect(() => decode(MNET025, [damaged])).toThrow(/stride 16, row 2, column 3.*"mnet025"/)
      // What does not count is not looked at.
      expect(decode(MNET025, [damaged], { threshold: 0.8 })).toEqual([])
    }
  })

  test('has no faces for NaN scores and takes a score at the threshold', () => {
    expect(decode(MNET025, [{ ...face, score: Number.NaN }])).toEqual([])
    expect(decode(MNET025, [face], { threshold: 0.75 }).length).toBe(1)
  })

  test('finds a face in the last cell of an input that is no multiple of the stride', () => {
    const at = { width: 100, height: 52 }
    const corner = {
      ...face,
      level: 2,
      row: 1,
      column: 3,
      index: 0,
      box: [60, 20, 99, 51],
    } as const
    const [found] = decode(MOBILE025_PYTORCH, [corner], { at })
    expectNear(found!.box, corner.box, 1e-3)
  })
})
