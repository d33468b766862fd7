import { describe, expect, test } from 'vitest'
import { mergeCandidates } from '../../src/detector/merge-candidates.ts'
import { type DetectOptions, resolveDetectOptions } from '../../src/face/detect-options.ts'
import type { ImageCandidate } from '../../src/views/view-to-image.ts'

function candidate(score: number, box: number[], contextFeatures?: Float32Array): ImageCandidate {
  return {
    score,
    box: Float64Array.from(box),
    landmarks: Float64Array.from({ length: 10 }, (_, i) => box[i % 2]! + i),
    scale: 1,
    quarters: 0,
    anchor: { stride: 8, row: 0, column: 0, index: 0, centre: [4, 4], size: 16, flipped: false },
    ...(contextFeatures ? { contextFeatures } : {}),
  }
}

const merge = (candidates: readonly ImageCandidate[], options: DetectOptions = {}) =>
  mergeCandidates(candidates, resolveDetectOptions(options), 640).map(({ face }) => face)

const better = candidate(0.75, [0, 0, 20, 20])
const worse = candidate(0.25, [4, 0, 24, 20])
const apart = candidate(0.5, [100, 100, 150, 110])

describe('mergeCandidates', () => {
  test('keeps the best of each place, the best first', async () => {
    const faces = await merge([worse, apart, better])
    expect(faces.map(({ score }) => score)).toEqual([0.75, 0.5])
    expect(faces[0]).toEqual({
      score: 0.75,
      box: [0, 0, 20, 20],
      landmarks: [
        [0, 1],
        [2, 3],
        [4, 5],
        [6, 7],
        [8, 9],
      ],
      anchor: better.anchor,
    })
  })

  test('box voting moves the box and the landmarks but not the score and the anchor', async () => {
    const [face] = await merge([worse, apart, better], { boxVoting: true })
    expect(face!.box).toEqual([1, 0, 21, 20])
    expect(face!.landmarks[4]).toEqual([9, 9])
    expect(face).toMatchObject({ score: 0.75, anchor: better.anchor })
  })

  test('has the lengths that a face keeps compared with minFaceSize: the longer side counts', async () => {
    expect(await merge([better, apart], { minFaceSize: 21 })).toMatchObject([{ score: 0.5 }])
    expect((await merge([better, apart], { minFaceSize: 50 })).length).toBe(1)
    expect(await merge([better, apart], { minFaceSize: 51 })).toEqual([])
  })

  test('what stages read comes from the finest pass that shows the face well, and that alone does', () => {
    const readBy = (scale: number, box = [0, 0, 100, 100], quarters = 0) => {
      const seen = { ...candidate(0.9, box), scale, quarters } as ImageCandidate
      const centre = [scale, scale] as const
      return { ...seen, readings: { anchor: { ...seen.anchor, centre }, of: new Map() } }
    }
    const scaleRead = (...finer: ReturnType<typeof readBy>[]) => {
      const options = resolveDetectOptions({})
      const found = mergeCandidates([readBy(0.5)], options, 640, undefined, finer)
      expect(found.map(({ face }) => face.anchor.centre)).toEqual([[4, 4]])
      return found[0]!.readings!.anchor.centre[0]
    }
    expect(scaleRead()).toBe(0.5)
    expect(scaleRead(readBy(1), readBy(2))).toBe(2)
    // Larger there than stages know faces, another face, a turned picture, and coarser.
    expect(scaleRead(readBy(5))).toBe(0.5)
    expect(scaleRead(readBy(1, [60, 0, 160, 100]))).toBe(0.5)
    expect(scaleRead(readBy(1, [0, 0, 100, 100], 1))).toBe(0.5)
    expect(scaleRead(readBy(0.25))).toBe(0.5)
  })

  test('maxFaces counts faces, not candidates', async () => {
    expect((await merge([worse, apart, better], { maxFaces: 2 })).length).toBe(2)
    expect(await merge([worse, apart, better], { maxFaces: 1 })).toMatchObject([{ score: 0.75 }])
  })

  test('gives faces that survive JSON and structuredClone', async () => {
    const faces = await merge([worse, apart, better], { boxVoting: true })
    expect(JSON.parse(JSON.stringify(faces))).toEqual(faces)
    const contextFeatures = Float32Array.of(1, 2)
    const withFeatures = await merge([candidate(0.5, [0, 0, 9, 9], contextFeatures)])
    expect(structuredClone(withFeatures)).toEqual(withFeatures)
    expect(withFeatures[0]!.contextFeatures).toEqual(contextFeatures)
  })

  test('scores of 0 and boxes that are no numbers do no harm', async () => {
    const zero = candidate(0, [0, 0, 20, 20])
    expect(await merge([zero, zero], { scoreThreshold: 0, boxVoting: true })).toMatchObject([
      { box: [0, 0, 20, 20] },
    ])
    const broken = candidate(0.9, [Number.NaN, 0, 20, 20])
    expect(await merge([broken, better])).toMatchObject([{ score: 0.75 }])
    expect(await merge([])).toEqual([])
  })

  test('a face takes its reading from the best member that has one, and that one’s anchor', async () => {
    const anchor = { ...better.anchor, row: 7 }
    const readings = { anchor, of: new Map() }
    const found = mergeCandidates(
      [better, { ...worse, readings }, apart],
      resolveDetectOptions({}),
      640,
    )
    expect(found[0]!.face).toMatchObject({ score: 0.75, box: [0, 0, 20, 20] })
    expect(found[0]!.readings).toBe(readings)
    expect(found[1]!.readings).toBeUndefined()
  })
})
