import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { Arena } from '../../src/kernels/arena.ts'

const actions = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('take' as const), bytes: fc.integer({ min: 1, max: 1000 }) }),
    fc.record({ kind: fc.constant('free' as const), pick: fc.nat() }),
  ),
  { maxLength: 60 },
)

test.prop([fc.nat(1000), actions])(
  'stretches in use never overlap, and lie between the beginning and the end',
  (first, list) => {
    const arena = new Arena(first)
    const used: { start: number; end: number }[] = []
    for (const action of list) {
      if (action.kind === 'take') {
        const start = arena.take(action.bytes)
        used.push({ start, end: start + action.bytes })
      } else if (used.length > 0) {
        const [gone] = used.splice(action.pick % used.length, 1)
        arena.free(gone!.start)
      }
      const sorted = used.toSorted((a, b) => a.start - b.start)
      sorted.forEach(({ start, end }, i) => {
        expect(start).toBeGreaterThanOrEqual(sorted[i - 1]?.end ?? first)
        expect(end).toBeLessThanOrEqual(arena.end)
      })
    }
  },
)

test('memory that was freed is handed out again', () => {
  const arena = new Arena(0)
  const a = arena.take(100)
  arena.take(100)
  const { end } = arena
  arena.free(a)
  expect(arena.take(60)).toBe(a)
  expect(arena.end).toBe(end)
})
