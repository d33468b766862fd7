import { describe, expect, test } from 'vitest'
import {
  EvaluationError,
  evaluateWider,
  readWiderGroundTruth,
  type ScoredBox,
  WIDER_DIFFICULTIES,
  type WiderPicture,
} from '../../src/index.ts'
import { fixtures, golden, toScoredBox } from '../support/wider-golden.ts'

const picture: WiderPicture = {
  name: 'two-faces',
  boxes: Float64Array.of(10, 10, 20, 20, 100, 10, 20, 20),
  counted: { easy: [0], medium: [0], hard: [0, 1] },
}
const onFirst: ScoredBox = { box: [10, 10, 29, 29], score: 0.9 }
const onSecond: ScoredBox = { box: [100, 10, 119, 29], score: 0.8 }
const onNothing: ScoredBox = { box: [300, 300, 319, 319], score: 0.7 }
const evaluateOne = (...found: ScoredBox[]) =>
  evaluateWider([picture], new Map([['two-faces', found]]))

describe('evaluateWider', () => {
  test.each(['indices', 'edges'] as const)(
    'agrees with the NumPy protocol on synthetic ground truth, boxes by %s',
    async (convention) => {
      const groundTruth = await readWiderGroundTruth(fixtures)
      const detections = new Map(
        Object.entries(golden.detections).map(([name, rows]) => [name, rows.map(toScoredBox)]),
      )
      const result = evaluateWider(groundTruth, detections, convention)
      expect(result.images).toBe(14)
      for (const difficulty of WIDER_DIFFICULTIES) {
        const expected = golden.averagePrecision[convention][difficulty]
        expect(result[difficulty].averagePrecision).toBeCloseTo(expected, 12)
      }
    },
  )

  test('a face that is ignored costs nothing, found or not', () => {
    expect(evaluateOne(onFirst).easy.averagePrecision).toBe(1)
    expect(evaluateOne(onFirst, onSecond).easy.averagePrecision).toBe(1)
    expect(evaluateOne(onFirst).hard.averagePrecision).toBe(0.5)
    expect(evaluateOne(onFirst, onSecond).hard.averagePrecision).toBe(1)
  })

  test('a second detection of a face counts as a false one', () => {
    const { precision, recall } = evaluateOne(onFirst, { ...onFirst, score: 0.8 }, onNothing).easy
    expect(precision.at(-1)).toBeCloseTo(1 / 3, 12)
    expect(recall.at(-1)).toBe(1)
  })

  test('a box over half of a face counts, a slightly smaller one does not', () => {
    const shifted = (by: number): ScoredBox => ({ box: [10 + by, 10, 29 + by, 29], score: 1 })
    // Sides are 21 pixels long by the tool's count: 14 of 28 are shared after a shift of 7.
    expect(evaluateOne(shifted(7)).easy.averagePrecision).toBe(1)
    expect(evaluateOne(shifted(7.01)).easy.averagePrecision).toBe(0)
  })

  test('an empty list is evaluated, an absent picture is left out', () => {
    const missed = { ...picture, name: 'missed' }
    const absent = evaluateWider([picture, missed], new Map([['two-faces', [onFirst]]]))
    expect(absent.images).toBe(1)
    expect(absent.easy.averagePrecision).toBe(1)
    const detections = new Map([
      ['two-faces', [onFirst]],
      ['missed', []],
    ])
    const empty = evaluateWider([picture, missed], detections)
    expect(empty.images).toBe(2)
    expect(empty.easy.averagePrecision).toBe(0.5)
  })

  test('a picture without annotated faces is passed over, as in the official tool', () => {
    const bare: WiderPicture = {
      name: 'bare',
      boxes: new Float64Array(),
      counted: { easy: [], medium: [], hard: [] },
    }
    const detections = new Map([
      ['bare', [{ ...onNothing, score: 1 }]],
      ['two-faces', [onFirst]],
    ])
    const result = evaluateWider([bare, picture], detections)
    expect(result.images).toBe(2)
    expect(result.easy.averagePrecision).toBe(1)
  })

  test('no detection at all has average precision 0', () => {
    expect(evaluateOne().hard.averagePrecision).toBe(0)
  })

  test('refuses pictures that the ground truth does not know, and says what names it expects', () => {
    expect(() => evaluateWider([picture], new Map([['holiday', []]]))).toThrow(EvaluationError)
    expect(() => evaluateWider([picture], new Map())).toThrow(/None of the 0 pictures/)
  })

  test('refuses a detection that is not of finite numbers, and names the picture', () => {
    const broken: ScoredBox = { box: [0, 0, Number.NaN, 1], score: 0.5 }
    expect(() => evaluateOne(broken)).toThrow(/two-faces but received box \[0, 0, NaN, 1\]/)
    expect(() => evaluateOne({ ...onFirst, score: Number.POSITIVE_INFINITY })).toThrow(
      EvaluationError,
    )
  })
})
