import { expect, test } from 'vitest'
import { drawBars } from '../report/draw-bars.ts'
import { digits, percentages, withSpread } from '../report/format-values.ts'
import { mergeRows } from '../report/results-file.ts'
import { isSlower } from '../report/slower.ts'
import { toBars } from '../report/to-bars.ts'
import { toTable } from '../report/to-table.ts'
import type { Outcome } from '../rows/row.ts'

const cold: Outcome = {
  kind: 'cold',
  absent: [],
  results: [
    { name: '<plain>', total: [90, 100, 110], totalRatio: [1, 1, 1] },
    { name: '@retinaface/node', total: [40, 50, 60], totalRatio: [0.4, 0.5, 0.6] },
  ].map((result) => ({ ...result, rounds: 3, parts: {}, peakMemory: 1e8 })) as never,
}

test('numbers have three digits, spreads their middle first, shares their percent', () => {
  expect([0, 0.0123, 1.234, 12.34, 1234].map(digits)).toEqual([
    '0',
    '0.012',
    '1.23',
    '12.3',
    '1234',
  ])
  expect(withSpread([1, 2, 3])).toBe('2.00 (1.00 to 3.00)')
  expect(percentages([0.01, 0.055, 0.5])).toBe('5.5 % (1.0 to 50)')
})

test('a chart has a bar for each result, ours in another colour, and escapes names', () => {
  const svg = drawBars('A & B', 'how', toBars(cold)!)
  expect(svg.match(/<rect x=/g)).toHaveLength(2)
  expect(svg.match(/fill="#0072b2"/g)).toHaveLength(1)
  expect(svg).toContain('A &amp; B')
  expect(svg).toContain('&lt;plain&gt;')
  expect(svg).not.toContain('<plain>')
})

test('every line of a table has as many cells as its head', () => {
  const [head, ...lines] = toTable(cold)
  expect(lines).toHaveLength(2)
  for (const line of lines) expect(line).toHaveLength(head!.length)
})

test('new rows replace older ones of their name, in the order of the list', () => {
  const row = (id: string, title: string) => ({ id, title }) as never
  const merged = mergeRows(
    [row('a', 'old'), row('b', 'old'), row('gone', 'old')],
    [row('a', 'new')],
    ['b', 'a'],
  )
  expect(merged.map(({ id, title }) => `${id} ${title}`)).toEqual(['b old', 'a new'])
})

test('a commit is slower if nine of ten rounds say so, and the median is 5 % above', () => {
  expect(isSlower([1.01, 1.06, 1.2])).toBe(true)
  expect(isSlower([0.99, 1.06, 1.2])).toBe(false)
  expect(isSlower([1.01, 1.04, 1.2])).toBe(false)
})
