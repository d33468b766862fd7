import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { intersectionOverUnion, nonMaximumSuppression } from '../../src/index.ts'

interface ScoredBox {
  readonly box: readonly [number, number, number, number]
  readonly score: number
}

const box = fc
  .tuple(fc.nat(60), fc.nat(60), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .map(([x, y, width, height]) => [x, y, x + width, y + height] as const)
// Few different scores, so that ties happen.
const scoredBoxes = fc.array(fc.record({ box, score: fc.nat(8).map((level) => level / 8) }), {
  maxLength: 40,
})
const distinctScores = fc
  .uniqueArray(fc.record({ box, score: fc.nat(10_000) }), {
    maxLength: 40,
    selector: ({ score }) => score,
  })
  .chain((entries) =>
    fc.record({
      entries: fc.constant(entries),
      shuffled: fc.shuffledSubarray(entries, { minLength: entries.length }),
    }),
  )
const thresholds = fc.constantFrom(0, 0.2, 0.4, 0.5, 0.9, 1)

function suppress(entries: readonly ScoredBox[], threshold: number) {
  return nonMaximumSuppression(
    entries.flatMap((entry) => entry.box),
    entries.map(({ score }) => score),
    threshold,
  )
}

/** Overlap by counting unit squares: boxes have whole corners here. */
function overlapByCounting(a: ScoredBox['box'], b: ScoredBox['box']): number {
  let [shared, either] = [0, 0]
  for (let y = 0; y < 100; y++) {
    for (let x = 0; x < 100; x++) {
      const inA = x >= a[0] && x < a[2] && y >= a[1] && y < a[3]
      const inB = x >= b[0] && x < b[2] && y >= b[1] && y < b[3]
      if (inA && inB) shared++
      if (inA || inB) either++
    }
  }
  return shared / either
}

/** A box stays if no better one that stays overlaps it by more than the threshold. */
function keptNaively(entries: readonly ScoredBox[], threshold: number): number[] {
  const order = entries.map((_, i) => i)
  order.sort((a, b) => entries[b]!.score - entries[a]!.score || a - b)
  const kept: number[] = []
  for (const i of order) {
    const free = kept.every(
      (j) => intersectionOverUnion(entries[i]!.box, 0, entries[j]!.box, 0) <= threshold,
    )
    if (free) kept.push(i)
  }
  return kept
}

describe('intersectionOverUnion', () => {
  test.prop([box, box], { numRuns: 50 })(
    'is what counting unit squares gives, both ways',
    (a, b) => {
      expect(intersectionOverUnion(a, 0, b, 0)).toBeCloseTo(overlapByCounting(a, b), 12)
      expect(intersectionOverUnion(b, 0, a, 0)).toBe(intersectionOverUnion(a, 0, b, 0))
    },
  )

  test.prop([box])('is 1 with itself and 0 with a box beside it', (a) => {
    expect(intersectionOverUnion(a, 0, a, 0)).toBe(1)
    expect(intersectionOverUnion(a, 0, [a[2], a[1], a[2] + 5, a[3]], 0)).toBe(0)
  })

  test('reads boxes by index and takes empty and NaN boxes for no overlap', () => {
    const boxes = [0, 0, 2, 2, 1, 0, 3, 2, 5, 5, 5, 9, Number.NaN, 0, 1, 1]
    expect(intersectionOverUnion(boxes, 0, boxes, 1)).toBeCloseTo(1 / 3)
    expect(intersectionOverUnion(boxes, 2, boxes, 2)).toBe(0)
    expect(intersectionOverUnion(boxes, 3, boxes, 0)).toBe(0)
  })
})

describe('nonMaximumSuppression', () => {
  test.prop([scoredBoxes, thresholds])(
    'keeps what the definition keeps, best first',
    (entries, threshold) => {
      const kept = suppress(entries, threshold).map((cluster) => cluster.kept)
      expect(kept).toEqual(keptNaively(entries, threshold))
    },
  )

  test.prop([scoredBoxes, thresholds])(
    'kept boxes overlap pairwise by at most the threshold',
    (entries, threshold) => {
      const kept = suppress(entries, threshold).map((cluster) => entries[cluster.kept]!.box)
      kept.forEach((a, i) => {
        for (const b of kept.slice(i + 1)) {
          expect(intersectionOverUnion(a, 0, b, 0)).toBeLessThanOrEqual(threshold)
        }
      })
    },
  )

  test.prop([scoredBoxes, thresholds])(
    'every box is in one cluster, whose first member is its best and overlaps the others',
    (entries, threshold) => {
      const clusters = suppress(entries, threshold)
      const members = clusters.flatMap((cluster) => cluster.members)
      expect([...members].sort((a, b) => a - b)).toEqual(entries.map((_, i) => i))
      for (const { kept, members } of clusters) {
        expect(members[0]).toBe(kept)
        for (const other of members.slice(1)) {
          expect(entries[other]!.score).toBeLessThanOrEqual(entries[kept]!.score)
          const overlap = intersectionOverUnion(entries[kept]!.box, 0, entries[other]!.box, 0)
          expect(overlap).toBeGreaterThan(threshold)
        }
      }
    },
  )

  test.prop([scoredBoxes, thresholds])('changes nothing the second time', (entries, threshold) => {
    const kept = suppress(entries, threshold).map((cluster) => entries[cluster.kept]!)
    const again = suppress(kept, threshold)
    expect(again.map((cluster) => cluster.kept)).toEqual(kept.map((_, i) => i))
  })

  test.prop([distinctScores, thresholds])(
    'does not depend on the order of its input when scores differ',
    ({ entries, shuffled }, threshold) => {
      const kept = suppress(entries, threshold).map((cluster) => entries[cluster.kept])
      const keptShuffled = suppress(shuffled, threshold).map((cluster) => shuffled[cluster.kept])
      expect(keptShuffled).toEqual(kept)
    },
  )

  test('of equal scores the first stays', () => {
    const same = { box: [0, 0, 9, 9], score: 0.5 } as const
    expect(suppress([same, same, same], 0.4)).toEqual([{ kept: 0, members: [0, 1, 2] }])
  })
})
