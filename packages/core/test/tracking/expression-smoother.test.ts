import { describe, expect, test } from 'vitest'
import { EXPRESSION_NAMES, type Face, openingsOf } from '../../src/index.ts'
import { ExpressionSmoother } from '../../src/tracking/expression-smoother.ts'

const rate = 30
const neutral = Object.fromEntries(EXPRESSION_NAMES.map((name) => [name, 0])) as Record<
  (typeof EXPRESSION_NAMES)[number],
  number
>

function faceWith(jawOpen: number, across = 0): Face {
  const expressions = { ...neutral, jawOpen }
  return {
    score: 1,
    box: [0, 0, 100, 100],
    landmarks: [] as unknown as Face['landmarks'],
    anchor: {} as Face['anchor'],
    expressions,
    uncertainExpressions: ['tongueOut'],
    irises: [
      { centre: [30, 40], radius: 4 },
      { centre: [70, 40], radius: 4 },
    ],
    gaze: [across, 0, Math.sqrt(1 - across ** 2)],
    pose: { yaw: 0, pitch: 0, roll: 0 },
    ...openingsOf(expressions),
  }
}

function smoothed(values: readonly number[]): number[] {
  const smoother = new ExpressionSmoother({})
  return values.map((value, i) => smoother.smooth(faceWith(value), 100, i / rate)!.mouthOpen)
}

describe('ExpressionSmoother', () => {
  test('a mouth that opens and closes within a second is followed with less than 80 ms of lag', () => {
    const truth = (time: number) => 0.8 * Math.sin(Math.PI * Math.max(time, 0)) ** 2
    const frames = Array.from({ length: 60 }, (_, i) => truth(i / rate))
    const found = smoothed(frames)
    const misfit = (lag: number) =>
      found.reduce((sum, value, i) => sum + (value - truth(i / rate - lag)) ** 2, 0)
    const lags = Array.from({ length: 20 }, (_, i) => i / 100)
    const best = lags.reduce((least, lag) => (misfit(lag) < misfit(least) ? lag : least))
    expect(best).toBeLessThan(0.08)
    expect(Math.max(...found)).toBeGreaterThan(0.65)
  })

  test('jitter of what rests is less than halved', () => {
    const jitter = Array.from({ length: 200 }, (_, i) => 0.3 + 0.01 * Math.sin(i * i))
    const deviation = (values: readonly number[]) =>
      Math.hypot(...values.slice(50).map((value) => value - 0.3))
    expect(deviation(smoothed(jitter))).toBeLessThan(deviation(jitter) / 2)
  })

  test('the gaze stays a unit vector, and what belongs together agrees', () => {
    const smoother = new ExpressionSmoother({})
    for (let i = 0; i < 20; i++) {
      const { expressions, gaze, irises, mouthOpen } = smoother.smooth(
        faceWith(i / 20, Math.sin(i)),
        100,
        i / rate,
      )!
      expect(Math.hypot(...gaze)).toBeCloseTo(1, 6)
      expect(Object.keys(expressions)).toEqual(EXPRESSION_NAMES)
      expect(mouthOpen).toBe(expressions.jawOpen)
      expect(irises[1].centre).toEqual([70, 40])
    }
  })

  test('a face without an expression gets none', () => {
    const { expressions: _, ...plain } = faceWith(0)
    expect(new ExpressionSmoother({}).smooth(plain, 100, 0)).toBeUndefined()
  })
})
