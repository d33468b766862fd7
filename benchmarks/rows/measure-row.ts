import { measureWarm } from '../measure/measure-warm.ts'
import type { KnownPicture } from '../pictures/known-faces.ts'
import type { ContenderSpec } from '../protocol/contender-spec.ts'
import { type Outcome, type RowContext, roundsOf } from './row.ts'

/** Times contenders on one set of pictures, and counts faces in the crowds too where that is `small`. */
export async function measureRow(
  context: RowContext,
  usualRounds: number,
  choose: (sets: RowContext['pictures']) => readonly KnownPicture[],
  contenders: readonly ContenderSpec[],
): Promise<Extract<Outcome, { kind: 'warm' }>> {
  const { pictures, origin } = context
  const chosen = choose(pictures)
  const crowds = { 'crowd, 50 px': [pictures.crowd], 'crowd, 25 px': [pictures.denseCrowd] }
  const counted = { photographs: chosen, ...(chosen === pictures.small ? crowds : {}) }
  const rounds = roundsOf(context, usualRounds)
  const outcome = await measureWarm({ contenders, pictures: chosen, counted, rounds, origin })
  return { kind: 'warm' as const, ...outcome }
}
