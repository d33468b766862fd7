import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { plainDecode } from '../baselines/plain-decode.ts'
import { countFaces, sumCounts } from '../measure/count-faces.ts'
import { matrixProduct } from '../measure/matrix-product.ts'
import { networkWorks } from '../measure/peak-works.ts'
import { expectPresent, ratiosTo } from '../measure/ratios.ts'
import type { Box } from '../pictures/known-faces.ts'
import { SAMPLE_PHOTOS } from '../pictures/known-faces.ts'
import { inTurns, spread } from '../support/interleave.ts'

describe('countFaces', () => {
  const known: Box[] = [
    [0, 0, 10, 10],
    [100, 0, 110, 10],
  ]
  const found = (box: Box, score = 1) => ({ box, score })

  test('a face counts once; a second box on it and a box elsewhere are wrong', () => {
    const boxes = [found([1, 0, 11, 10], 0.9), found([0, 0, 10, 10]), found([50, 50, 60, 60])]
    expect(countFaces(boxes, known)).toEqual({ known: 2, found: 1, wrong: 2 })
  })

  test('a box that covers less than 0.3 of the union is no find', () => {
    expect(countFaces([found([0, 0, 10, 34])], known).found).toBe(0)
    expect(countFaces([found([0, 0, 10, 33])], known).found).toBe(1)
  })

  test('counts of pictures add up', () => {
    const one = { known: 2, found: 1, wrong: 3 }
    expect(sumCounts([one, one])).toEqual({ known: 4, found: 2, wrong: 6 })
  })
})

test('everybody has a turn each round, in an order that is reversed every other round', () => {
  const turns = [...inTurns(['a', 'b', 'c'], 2, 1)]
  expect(turns.map(({ round, item }) => `${round}${item}`).join(' ')).toBe(
    '-1c -1b -1a 0a 0b 0c 1c 1b 1a',
  )
})

test('a spread is the 10th, 50th and 90th percentile, and ratios are taken round by round', () => {
  expect(spread(Array.from({ length: 11 }, (_, i) => 10 - i))).toEqual([1, 5, 9])
  expect(spread([200, 100])).toEqual([110, 150, 190])
  expect(spread([7])).toEqual([7, 7, 7])
  const reference = new Map([
    [0, 2],
    [1, 8],
  ])
  const values = new Map([
    [0, 1],
    [1, 4],
    [2, 100],
  ])
  expect(ratiosTo(reference, values)).toEqual([0.5, 0.5, 0.5])
  expect(() => expectPresent({ name: 'plain', entry: 'plain', options: {} }, 'no memory')).toThrow(
    'plain, which all others are compared with, failed: no memory',
  )
})

test('the straightforward decoding finds a planted face where it was planted', () => {
  const map = (channels: number, rows: number) => ({
    data: new Float32Array(channels * rows * rows),
    dims: [1, channels, rows, rows],
  })
  const outputs = Object.fromEntries(
    [32, 16, 8].flatMap((stride) => [
      [`face_rpn_cls_prob_reshape_stride${stride}`, map(4, 256 / stride)],
      [`face_rpn_bbox_pred_stride${stride}`, map(8, 256 / stride)],
    ]),
  )
  const cell = 3 * 16 + 5
  outputs.face_rpn_cls_prob_reshape_stride16!.data[3 * 256 + cell] = 0.9
  const [face, ...others] = plainDecode(outputs)
  expect(others).toEqual([])
  // An anchor of 64 pixels about (7.5 + 16·5, 7.5 + 16·3), counted by its pixels.
  expect(face!.box).toEqual([56, 24, 119, 87])
})

test.each(['float32', 'int8'] as const)('the %s product is one of matrices', async (precision) => {
  const session = await InferenceSession.create(matrixProduct(precision), { logSeverityLevel: 3 })
  const [a, b] =
    precision === 'float32'
      ? [Float32Array.of(1, 2, 3, 4), Float32Array.of(5, 6, 7, 8)]
      : [Uint8Array.of(1, 2, 3, 4), Int8Array.of(5, 6, 7, 8)]
  const { c } = await session.run({ a: new Tensor(a!, [2, 2]), b: new Tensor(b!, [2, 2]) })
  expect([...(c!.data as Float32Array)]).toEqual([19, 22, 43, 50])
  await session.release()
})

test('networks are counted in multiply-adds: the first layer and what the finest level adds', async () => {
  const works = await networkWorks()
  const millions = works.map(({ multiplyAdds }) => Math.round(multiplyAdds / 1e6))
  await Promise.all(works.map(({ session }) => session.release()))
  const [original, float32, int8, coarse] = millions
  expect(original).toBe(809)
  expect(int8).toBe(float32)
  expect(Math.abs(original! - float32!)).toBeLessThanOrEqual(1)
  expect(coarse! / float32!).toBeCloseTo(0.54, 2)
})

test('every face of the sample photographs lies inside of them', () => {
  expect(SAMPLE_PHOTOS.flatMap(({ faces }) => faces)).toHaveLength(22)
  for (const { width, height, faces } of SAMPLE_PHOTOS) {
    for (const [x1, y1, x2, y2] of faces) {
      expect(0 <= x1 && x1 < x2 && x2 <= width && 0 <= y1 && y1 < y2 && y2 <= height).toBe(true)
    }
  }
})
