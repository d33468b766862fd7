import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { evaluateWider, type ScoredBox, type WiderPicture } from '../../src/index.ts'

const coordinate = fc.integer({ min: 0, max: 60 })
const side = fc.integer({ min: 4, max: 40 })
const faceList = fc.array(fc.tuple(coordinate, coordinate, side, side, fc.boolean()), {
  minLength: 1,
  maxLength: 6,
})

/** A picture in which some faces count and some do not. */
const pictureOf = (name: string) =>
  faceList.map((faces): WiderPicture => {
    const counted = faces.flatMap(([, , , , counts], i) => (counts ? [i] : []))
    return {
      name,
      boxes: Float64Array.from(faces.flatMap((face) => face.slice(0, 4) as number[])),
      counted: { easy: counted, medium: counted, hard: counted },
    }
  })

/** Detections with scores that all differ: what ties do is not part of the protocol. */
const detectionList = fc
  .uniqueArray(fc.tuple(fc.nat(10_000), coordinate, coordinate, side, side), {
    minLength: 2,
    maxLength: 14,
    selector: ([score]) => score,
  })
  .map((rows) =>
    rows.map(([score, x, y, width, height]): ScoredBox => {
      return { box: [x, y, x + width, y + height], score: score / 10_000 }
    }),
  )

/** One threshold of the protocol, done from the start as its authors describe it. */
function naive(picture: WiderPicture, detections: readonly ScoredBox[], threshold: number) {
  const state = Array.from({ length: picture.boxes.length / 4 }, () => 0)
  let proposals = 0
  const kept = detections.filter(({ score }) => score >= threshold)
  for (const { box } of kept.sort((a, b) => b.score - a.score)) {
    const overlaps = state.map((_, i) => overlap(box, picture.boxes.subarray(4 * i, 4 * i + 4)))
    const best = overlaps.indexOf(Math.max(...overlaps))
    const isHit = overlaps[best]! >= 0.5
    if (isHit && !picture.counted.easy.includes(best)) continue
    if (isHit) state[best] = 1
    proposals++
  }
  return { found: state.filter((is) => is === 1).length, proposals }
}

function overlap([x1, y1, x2, y2]: ScoredBox['box'], [x, y, width, height]: Float64Array): number {
  const across = Math.max(0, Math.min(x2 + 1, x! + width!) - Math.max(x1, x!) + 1)
  const down = Math.max(0, Math.min(y2 + 1, y! + height!) - Math.max(y1, y!) + 1)
  const areas = (x2 - x1 + 2) * (y2 - y1 + 2) + (width! + 1) * (height! + 1)
  return (across * down) / (areas - across * down)
}

function normalise(detections: readonly ScoredBox[]): ScoredBox[] {
  const scores = detections.map(({ score }) => score)
  const low = Math.min(...scores)
  const range = Math.max(...scores) - low
  return detections.map(({ box, score }) => ({ box, score: (score - low) / range }))
}

const evaluate = (picture: WiderPicture, detections: readonly ScoredBox[]) =>
  evaluateWider([picture], new Map([[picture.name, detections]])).easy

describe('evaluateWider', () => {
  test.prop([pictureOf('a'), detectionList])(
    'has the precision and recall of a naive count at every threshold',
    (picture, detections) => {
      const { precision, recall } = evaluate(picture, detections)
      const faces = picture.counted.easy.length
      const normalised = normalise(detections)
      for (let i = 0; i < 1000; i += 37) {
        const { found, proposals } = naive(picture, normalised, 1 - (i + 1) / 1000)
        expect(precision[i]).toBeCloseTo(proposals > 0 ? found / proposals : 0, 12)
        expect(recall[i]).toBeCloseTo(faces > 0 ? found / faces : 0, 12)
      }
    },
  )

  test.prop([pictureOf('a'), detectionList])(
    'does not depend on the order of detections and pictures',
    (picture, detections) => {
      const other = { ...picture, name: 'b' }
      const forwards = new Map([
        ['a', detections],
        ['b', detections.slice(1)],
      ])
      const backwards = new Map([
        ['b', detections.slice(1).reverse()],
        ['a', [...detections].reverse()],
      ])
      expect(evaluateWider([other, picture], backwards)).toEqual(
        evaluateWider([picture, other], forwards),
      )
    },
  )

  test.prop([pictureOf('a'), pictureOf('b')])(
    'gives perfect detections an average precision of 1',
    (a, b) => {
      const perfect = ({ boxes, counted }: WiderPicture, offset: number) =>
        counted.easy.map((face): ScoredBox => {
          const [x, y, width, height] = boxes.subarray(4 * face, 4 * face + 4)
          return { box: [x!, y!, x! + width! - 1, y! + height! - 1], score: (face + 1) * offset }
        })
      const distinct = [a, b].map(withDistinctFaces)
      fc.pre(distinct.some(({ counted }) => counted.easy.length > 0))
      const detections = new Map(
        distinct.map((picture, i) => [picture.name, perfect(picture, 0.1 + i)]),
      )
      expect(evaluateWider(distinct, detections).easy.averagePrecision).toBeCloseTo(1, 12)
    },
  )

  test.prop([pictureOf('a'), detectionList])(
    'recall never falls and stays within 0 to 1',
    (picture, detections) => {
      const { averagePrecision, recall } = evaluate(picture, detections)
      recall.forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual(recall[i - 1] ?? 0)
      })
      expect(recall.at(-1)).toBeLessThanOrEqual(1)
      expect(averagePrecision).toBeGreaterThanOrEqual(0)
      expect(averagePrecision).toBeLessThanOrEqual(1)
    },
  )

  test.prop([pictureOf('a'), detectionList, fc.nat(13)])(
    'dropping a detection never raises the recall of all',
    (picture, detections, dropped) => {
      const fewer = detections.filter((_, i) => i !== dropped)
      expect(evaluate(picture, fewer).recall.at(-1)).toBeLessThanOrEqual(
        evaluate(picture, detections).recall.at(-1)!,
      )
    },
  )

  test.prop([pictureOf('a'), detectionList, fc.integer({ min: -4, max: 9 })])(
    'does not depend on the scale of the scores',
    (picture, detections, exponent) => {
      const scaled = detections.map(({ box, score }) => ({
        box,
        score: score * 2 ** exponent,
      }))
      expect(evaluate(picture, scaled)).toEqual(evaluate(picture, detections))
    },
  )
})

/** Leaves one of several identical boxes: the second could never be found. */
function withDistinctFaces({ name, boxes }: WiderPicture): WiderPicture {
  const rows = Array.from({ length: boxes.length / 4 }, (_, i) =>
    boxes.subarray(4 * i, 4 * i + 4).join(),
  )
  const distinct = [...new Set(rows)].map((row) => row.split(',').map(Number))
  const counted = distinct.map((_, i) => i)
  return {
    name,
    boxes: Float64Array.from(distinct.flat()),
    counted: { easy: counted, medium: counted, hard: counted },
  }
}
