import { bestTurns, isKnown } from '../candidates/best-turns.ts'
import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { Looks } from './looks.ts'
import type { ReadCandidate } from './merge-candidates.ts'

// The first look at a large turned picture, in pixels of its long side.
const hintSide = 640
const hintLook = { inputSize: hintSide, stages: {}, contextFeatures: false } as const
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
    const showsMore = (found: readonly ReadCandidate[]) =>
      options.turns === true || found.some((one) => !isKnown(one, upright))
    const needsHints = options.turns === 'auto' && looks.longSide > hintSide
    if (needsHints && !showsMore(await looks.look(quarters, { ...turned, ...hintLook }))) continue
    const found = await looks.look(quarters, turned)
    if (showsMore(found)) all.push(...found)
  }
  return bestTurns(all)
}
