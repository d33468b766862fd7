import { expect, test } from 'vitest'
import { duration, progressLine } from '../../src/run/progress-line.ts'

test('the line shows bar, count, rate, time left and failures', () => {
  const state = { done: 25, failed: 2, total: 100, elapsedSeconds: 10 }
  expect(progressLine(state)).toBe(
    `${'█'.repeat(6)}${'░'.repeat(18)} 25/100  2.5/s  30 s left  2 failed`,
  )
  expect(progressLine({ ...state, total: undefined, failed: 0 })).toBe('25  2.5/s')
  expect(progressLine({ ...state, elapsedSeconds: 100, failed: 0 })).toContain('4.0 s each')
})

test('durations are written as people write them', () => {
  expect([4.4, 59.6, 187, 3723].map(duration)).toEqual(['4 s', '1:00', '3:07', '1:02:03'])
})
