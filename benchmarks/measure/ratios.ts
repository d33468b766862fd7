import type { ContenderSpec } from '../protocol/contender-spec.ts'
import { type Spread, spread } from '../support/interleave.ts'

/** Values by round as shares of a reference's in the same rounds; rounds that it lacks do not count. */
export function ratiosTo(
  reference: ReadonlyMap<number, number>,
  values: ReadonlyMap<number, number>,
): Spread {
  return spread(
    [...values].flatMap(([round, value]) => {
      const other = reference.get(round)
      return other === undefined ? [] : [value / other]
    }),
  )
}

/** @throws if what all others are compared with failed, with the reason */
export function expectPresent({ name }: ContenderSpec, failure: string | undefined): void {
  if (failure === undefined) return
  throw new Error(`${name}, which all others are compared with, failed: ${failure}`)
}
