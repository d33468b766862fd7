import { expect, test } from 'vitest'
import { PoseSmoother } from '../../src/tracking/pose-smoother.ts'

const rate = 30

test('a head at rest trembles less than half as much', () => {
  const smoother = new PoseSmoother({})
  const given = Array.from({ length: 200 }, (_, i) => 20 + 0.5 * Math.sin(i * i))
  const found = given.map((yaw, i) => smoother.smooth({ yaw, pitch: 0, roll: 0 }, i / rate).yaw)
  const deviation = (values: readonly number[]) =>
    Math.hypot(...values.slice(50).map((value) => value - 20))
  expect(deviation(found)).toBeLessThan(deviation(given) / 2)
})

test('a head that is shaken once a second is followed with less than 80 ms of lag', () => {
  const smoother = new PoseSmoother({})
  const truth = (time: number) => 30 * Math.sin(2 * Math.PI * time)
  const found = Array.from({ length: 90 }, (_, i) => {
    return smoother.smooth({ yaw: 0, pitch: truth(i / rate), roll: 0 }, i / rate).pitch
  })
  const misfit = (lag: number) =>
    found.reduce((sum, value, i) => sum + (value - truth(i / rate - lag)) ** 2, 0)
  const lags = Array.from({ length: 20 }, (_, i) => i / 100)
  const best = lags.reduce((least, lag) => (misfit(lag) < misfit(least) ? lag : least))
  expect(best).toBeLessThan(0.08)
})

test('past 180 degrees it goes on, not round the other way', () => {
  const smoother = new PoseSmoother({})
  const turns = [170, 174, 178, -178, -174, -170, -166]
  const found = turns.map(
    (roll, i) => smoother.smooth({ yaw: roll, pitch: 0, roll }, i / rate).roll,
  )
  for (const roll of found) expect(Math.abs(roll)).toBeGreaterThan(165)
  expect(found.at(-1)).toBeLessThan(0)
})
