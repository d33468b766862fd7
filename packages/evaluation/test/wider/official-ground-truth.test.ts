import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import {
  evaluateWider,
  readWiderGroundTruth,
  type ScoredBox,
  WIDER_DIFFICULTIES,
  type WiderPicture,
} from '../../src/index.ts'
import { golden, toScoredBox } from '../support/wider-golden.ts'

const folder = fileURLToPath(
  new URL('../../../../../shared/data/wider-val/ground-truth', import.meta.url),
)

/** The stream and the detections of make-wider-fixtures.py, number for number. */
function randomStream(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function detectionsOf({ boxes }: WiderPicture, next: () => number): ScoredBox[] {
  const found: ScoredBox[] = []
  for (let i = 0; i < boxes.length; i += 4) {
    const [x, y, width, height] = boxes.subarray(i, i + 4) as unknown as [
      number,
      number,
      number,
      number,
    ]
    if (next() < 0.2) continue
    for (let copies = next() < 0.15 ? 2 : 1; copies > 0; copies--) {
      const x1 = x + (next() - 0.5) * 0.5 * width
      const y1 = y + (next() - 0.5) * 0.5 * height
      const x2 = x1 + width * (0.8 + 0.4 * next())
      const y2 = y1 + height * (0.8 + 0.4 * next())
      found.push(toScoredBox([x1, y1, x2, y2, 0.3 + 0.69 * next()]))
    }
  }
  for (let extra = ((boxes.length / 4) % 5) + 1; extra > 0; extra--) {
    const [x1, y1] = [500 * next(), 500 * next()]
    found.push(toScoredBox([x1, y1, x1 + 40, y1 + 50, 0.02 + 0.6 * next()]))
  }
  return found
}

describe.skipIf(!existsSync(folder))('on WIDER FACE’s own ground truth', () => {
  test('as many pictures, faces and faces that count are read as by SciPy', async () => {
    const { pictures, faces, counted } = golden.official
    const groundTruth = await readWiderGroundTruth(folder)
    expect(groundTruth).toHaveLength(pictures)
    expect(sum(groundTruth.map(({ boxes }) => boxes.length / 4))).toBe(faces)
    for (const difficulty of WIDER_DIFFICULTIES) {
      expect(sum(groundTruth.map((picture) => picture.counted[difficulty].length))).toBe(
        counted[difficulty],
      )
    }
  })

  test.each(['indices', 'edges'] as const)(
    'the average precisions are those of the NumPy protocol, boxes by %s',
    async (convention) => {
      const groundTruth = await readWiderGroundTruth(folder)
      const next = randomStream(2)
      const everyFifth = groundTruth.filter((_, i) => i % 5 === 0)
      const detections = new Map(
        everyFifth.map((picture) => [picture.name, detectionsOf(picture, next)]),
      )
      expect(sum([...detections.values()].map(({ length }) => length))).toBe(
        golden.official.detections,
      )
      const result = evaluateWider(groundTruth, detections, convention)
      expect(result.images).toBe(golden.official.evaluated)
      for (const difficulty of WIDER_DIFFICULTIES) {
        const expected = golden.official.averagePrecision[convention][difficulty]
        expect(result[difficulty].averagePrecision).toBeCloseTo(expected, 10)
      }
    },
  )
})

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
