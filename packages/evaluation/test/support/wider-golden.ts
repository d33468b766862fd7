import { fileURLToPath } from 'node:url'
import type { ScoredBox, WiderDifficulty } from '../../src/index.ts'
import json from '../fixtures/wider-golden.json' with { type: 'json' }

type Precisions = Readonly<Record<'indices' | 'edges', Record<WiderDifficulty, number>>>

/** The folder with the synthetic ground truth. */
export const fixtures: string = fileURLToPath(new URL('../fixtures', import.meta.url))

/** What the NumPy protocol says; see fixtures/README.md. */
export const golden = json as unknown as {
  readonly pictures: Readonly<Record<string, unknown>>
  readonly detections: Readonly<Record<string, readonly number[][]>>
  readonly averagePrecision: Precisions
  readonly official: {
    readonly pictures: number
    readonly faces: number
    readonly counted: Readonly<Record<WiderDifficulty, number>>
    readonly evaluated: number
    readonly detections: number
    readonly averagePrecision: Precisions
  }
}

/** x1, y1, x2, y2, score as a detection. */
export function toScoredBox([x1, y1, x2, y2, score]: readonly number[]): ScoredBox {
  return { box: [x1!, y1!, x2!, y2!], score: score! }
}
