import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { assign } from '../../src/tracking/assign.ts'

/** The least sum over every way to pair rows with columns or with none. */
function leastByTrial(costs: readonly number[][], limit: number, row = 0, taken = 0): number {
  if (row === costs.length) return 0
  const ways = costs[row]!.map((cost, column) =>
    cost > limit || taken & (1 << column)
      ? Number.POSITIVE_INFINITY
      : cost + leastByTrial(costs, limit, row + 1, taken | (1 << column)),
  )
  return Math.min(limit + leastByTrial(costs, limit, row + 1, taken), ...ways)
}

const tables = fc.nat({ max: 5 }).chain((columns) => {
  const cost = fc.oneof(fc.integer({ min: -5, max: 30 }), fc.constant(Number.POSITIVE_INFINITY))
  return fc.array(fc.array(cost, { minLength: columns, maxLength: columns }), { maxLength: 5 })
})

test.prop([tables, fc.integer({ min: 0, max: 25 })])(
  'the sum of costs is the least that any pairing has',
  (costs, limit) => {
    const columns = assign(costs, limit)
    const taken = columns.filter((column) => column >= 0)
    expect(new Set(taken).size).toBe(taken.length)
    const sum = columns.reduce(
      (total, column, row) => total + (column < 0 ? limit : costs[row]![column]!),
      0,
    )
    expect(sum).toBeCloseTo(leastByTrial(costs, limit), 9)
  },
)
