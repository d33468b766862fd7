import { bestTurns, isKnown } from '../candidates/best-turns.ts'
import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { Looks } from './looks.ts'
import type { ReadCandidate } from './merge-candidates.ts'

// The first look at a turned picture, in pixels of its long side.
const hintLook = { inputSize: 640, stages: {}, contextFeatures: false } as const
// Below it, what is found in turned pictures is mostly none.
const leastScore = 0.5

/**
 * Looks at a picture as it is, and turned by a quarter, half and three quarters: with `turns: 'auto'`
 * where a reduced copy shows a face that is not seen upright, or better than upright.
 *
 * @returns candidates in the picture as it is
 */
export async function lookInAllTurns(
  looks: Looks,
  options: ResolvedDetectOptions,
): Promise<ReadCandidate[]> {
  const all = await looks.look(0, options)
  const upright = [...all]
  const scoreThreshold = Math.max(leastScore, options.scoreThreshold)
  const turned = { ...options, scoreThreshold }
  for (const quarters of [1, 2, 3] as const) {
    if (options.turns === 'auto') {
      const hints = await looks.look(quarters, { ...turned, ...hintLook })
      if (!hints.some((hint) => !isKnown(hint, upright))) continue
    }
    all.push(...(await looks.look(quarters, turned)))
  }
  return bestTurns(all)
}
