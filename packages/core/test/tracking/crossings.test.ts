import { expect, test } from 'vitest'
import { FaceTracker } from '../../src/tracking/face-tracker.ts'
import { type Follow, makeCrossing, measure, plainOverlap } from './crossings.ts'

const seeds = Array.from({ length: 20 }, (_, i) => i)

function tracked(): Follow {
  const tracker = new FaceTracker()
  return (faces, time) => tracker.update(faces, time).map(({ id }) => id)
}

/** Over all seeds: switches in all, and the mean IDF1. */
function sum(framesPerSecond: number, people: number, follow: () => Follow) {
  const all = seeds.map((seed) => measure(makeCrossing(seed, framesPerSecond, people), follow()))
  const switches = all.reduce((total, { switches }) => total + switches, 0)
  return { switches, idf1: all.reduce((total, { idf1 }) => total + idf1, 0) / all.length }
}

// Over 60 seeds, at 60, 30, 25, 10, 5 and 2 frames a second: of two people 90, 112, 129, 898, 3609 and 2200
// switches by plain overlap, 7, 9, 10, 13, 20 and 142 by the tracker; of four 545, 649, 756, 2706, 7447
// and 4188 by plain overlap, 51, 50, 58, 75, 158 and 851 by the tracker.
test.each([
  [60, 2, 0.98],
  [30, 2, 0.97],
  [30, 4, 0.95],
  [10, 4, 0.94],
  [5, 4, 0.88],
  [2, 2, 0.85],
])(
  'at %d frames a second ids of %d people who cross switch a fifth as often as by plain overlap',
  (framesPerSecond, people, idf1) => {
    const plain = sum(framesPerSecond, people, plainOverlap)
    const found = sum(framesPerSecond, people, tracked)
    expect(found.switches).toBeLessThanOrEqual(plain.switches / 5)
    expect(found.idf1).toBeGreaterThan(idf1)
    expect(found.idf1).toBeGreaterThan(plain.idf1)
  },
)
