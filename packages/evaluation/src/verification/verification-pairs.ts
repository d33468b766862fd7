import { parse } from 'node:path'
import { EvaluationError } from '../evaluation-error.ts'

/** Two pictures, and whether they show the same person. */
export interface VerificationPair {
  /** Names of the pictures, without their endings. */
  readonly names: readonly [string, string]
  readonly same: boolean
}

/**
 * Reads pairs of pictures from CSV with the columns `a,b,same`: two file names, and 1 or 0.
 *
 * @throws {EvaluationError} naming the line that is of another form
 */
export function parseVerificationPairs(csv: string): VerificationPair[] {
  const [header, ...lines] = csv.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (header?.trim() !== 'a,b,same') {
    const received = JSON.stringify(header?.slice(0, 80) ?? '')
    throw new EvaluationError(`Expected pairs to begin with the line "a,b,same", not ${received}.`)
  }
  return lines.map((line, i) => {
    const [a, b, same, ...rest] = line.split(',').map((field) => field.trim())
    if (!a || !b || (same !== '0' && same !== '1') || rest.length > 0) {
      const received = JSON.stringify(line.slice(0, 80))
      throw new EvaluationError(
        `Expected line ${i + 2} of the pairs to be two file names and 1 or 0, not ${received}.`,
      )
    }
    return { names: [parse(a).name, parse(b).name], same: same === '1' }
  })
}

/** Who a picture shows, by its name as LFW gives it: `Abel_Pacheco_0001` shows `Abel_Pacheco`. */
export function personOf(name: string): string {
  return name.replace(/_\d+$/, '')
}
