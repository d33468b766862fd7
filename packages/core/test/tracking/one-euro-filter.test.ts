import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { OneEuroFilter } from '../../src/tracking/one-euro-filter.ts'

/** The paper's algorithm for one value, word for word, to compare with. */
function reference(values: readonly number[], rate: number, rest: number, gain: number): number[] {
  const alpha = (cutoff: number) => 1 / (1 + rate / (2 * Math.PI * cutoff))
  let previous = values[0]!
  let derivative = 0
  return values.map((value, i) => {
    if (i === 0) return value
    const raw = (value - previous) * rate
    derivative = alpha(1) * raw + (1 - alpha(1)) * derivative
    const weight = alpha(rest + gain * Math.abs(derivative))
    previous = weight * value + (1 - weight) * previous
    return previous
  })
}

function run(values: readonly number[], rate: number, filter = new OneEuroFilter()): number[] {
  return values.map((value, i) => filter.smooth([value], 1, i / rate)[0]!)
}

describe('one-euro filter', () => {
  const unit = fc.double({ min: -1, max: 1, noNaN: true })

  test.prop([fc.array(unit, { minLength: 1 }), fc.integer({ min: 5, max: 120 })])(
    'is the paper’s',
    (values, rate) => {
      const expected = reference(values, rate, 2, 3)
      const filter = new OneEuroFilter({ restCutoff: 2, speedGain: 3 })
      run(values, rate, filter).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 4)
      })
    },
  )

  test.prop([unit, fc.integer({ min: 2, max: 50 })])('leaves what rests alone', (value, count) => {
    const still = run(Array(count).fill(value), 30)
    expect(still.every((smoothed) => smoothed === Math.fround(value))).toBe(true)
  })

  test.prop([fc.array(unit, { minLength: 1 })])('stays between what it was given', (values) => {
    for (const smoothed of run(values, 30)) {
      expect(smoothed).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6)
      expect(smoothed).toBeLessThanOrEqual(Math.max(...values) + 1e-6)
    }
  })

  test('halves jitter and lags little behind what moves', () => {
    const jitter = Array.from({ length: 200 }, (_, i) => 0.01 * Math.sin(i * i))
    const deviation = (values: readonly number[]) => Math.hypot(...values.slice(50))
    expect(deviation(run(jitter, 30))).toBeLessThan(deviation(jitter) / 2)
    const moving = Array.from({ length: 60 }, (_, i) => (2 * i) / 30)
    expect(moving.at(-1)! - run(moving, 30).at(-1)!).toBeLessThan(0.05)
  })

  test('the size of the thing does not change how it is smoothed', () => {
    const values = [0, 0.3, 0.1, 0.8, 0.2]
    const large = new OneEuroFilter()
    const scaled = values.map((value, i) => large.smooth([100 * value], 100, i / 30)[0]! / 100)
    run(values, 30).forEach((value, i) => {
      expect(scaled[i]).toBeCloseTo(value, 5)
    })
  })
})
