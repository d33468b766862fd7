import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { splitRows } from '../../src/kernels/split-rows.ts'

test.prop([
  fc.integer({ min: 1, max: 300 }),
  fc.integer({ min: 1, max: 12 }),
  fc.integer({ min: 0, max: 1e8 }),
  fc.integer({ min: 1, max: 8 }),
])(
  'bands are all rows in order, each but the last in multiples',
  (rows, together, cost, threads) => {
    let next = 0
    for (const { first, count } of splitRows(rows, together, cost, threads)) {
      expect(first).toBe(next)
      expect(count).toBeGreaterThan(0)
      next += count
      expect(next === rows || next % together === 0).toBe(true)
    }
    expect(next).toBe(rows)
  },
)

test('one thread has one band, and so has what is little work', () => {
  expect(splitRows(60, 2, 1e8, 1)).toEqual([{ first: 0, count: 60 }])
  expect(splitRows(60, 2, 700_000, 2)).toEqual([{ first: 0, count: 60 }])
})

test('several threads have as many bands each, where the rows suffice', () => {
  expect(splitRows(60, 2, 1e8, 2).map(({ count }) => count)).toEqual([16, 14, 16, 14])
  expect(splitRows(60, 1, 1_300_000, 2).map(({ count }) => count)).toEqual([30, 30])
  expect(splitRows(3, 1, 1e8, 4).map(({ count }) => count)).toEqual([1, 1, 1])
})
