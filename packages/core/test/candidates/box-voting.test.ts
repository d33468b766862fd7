import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { voteOn } from '../../src/candidates/box-voting.ts'

const row = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
  minLength: 4,
  maxLength: 4,
})
const votes = fc.array(fc.record({ row, score: fc.double({ min: 0.01, max: 1, noNaN: true }) }), {
  minLength: 1,
  maxLength: 10,
})

function vote(entries: readonly { row: readonly number[]; score: number }[], members: number[]) {
  const values = entries.flatMap((entry) => entry.row)
  const scores = entries.map(({ score }) => score)
  return [...voteOn(values, 4, scores, { kept: members[0]!, members })]
}

describe('voteOn', () => {
  test.prop([votes])('lies within the range of its members, in every component', (entries) => {
    const mean = vote(
      entries,
      entries.map((_, i) => i),
    )
    mean.forEach((value, i) => {
      const column = entries.map((entry) => entry.row[i]!)
      expect(value).toBeGreaterThanOrEqual(Math.min(...column) - 1e-9)
      expect(value).toBeLessThanOrEqual(Math.max(...column) + 1e-9)
    })
  })

  test.prop([votes])('is the row itself when it is alone', (entries) => {
    entries.forEach((entry, i) => {
      vote(entries, [i]).forEach((value, k) => {
        expect(value).toBeCloseTo(entry.row[k]!, 10)
      })
    })
  })

  test('weighs each row by its score and counts members only', () => {
    const entries = [
      { row: [0, 0, 10, 10], score: 0.75 },
      { row: [999, 999, 999, 999], score: 1 },
      { row: [4, 8, 14, 18], score: 0.25 },
    ]
    expect(vote(entries, [0, 2])).toEqual([1, 2, 11, 12])
  })

  test('keeps the kept row when every score is 0', () => {
    const entries = [
      { row: [1, 2, 3, 4], score: 0 },
      { row: [5, 6, 7, 8], score: 0 },
    ]
    expect(vote(entries, [1, 0])).toEqual([5, 6, 7, 8])
  })
})
