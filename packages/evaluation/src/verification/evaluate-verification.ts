import { EvaluationError } from '../evaluation-error.ts'
import { bestThreshold, type ComparedPair, isRight, trueAcceptance } from './compared-pair.ts'
import { resample } from './resample.ts'
import { personOf, type VerificationPair } from './verification-pairs.ts'

/** A share, and where it lies in 95 of 100 resamples. */
export type Interval = readonly [low: number, high: number]

/** How well similarities tell the same person from another. */
export interface VerificationResult {
  /** Share of pairs that are told right, each with a threshold from pairs of other people. */
  readonly accuracy: number
  /** Mean over people of the thresholds that their pairs are measured with. */
  readonly threshold: number
  readonly pairs: number
  /** Pairs without a similarity, since a face was not found; they count as told wrong. */
  readonly missed: number
  /** Share of pairs of the same person that pass where so many pairs of different people do. */
  readonly tarAtFar: Readonly<Record<string, number>>
  /** By resampling the pairs a thousand times. */
  readonly intervals: {
    readonly accuracy: Interval
    readonly tarAtFar: Readonly<Record<string, Interval>>
  }
}

const folds = 10
const rates = [0.01, 0.001]
const resamples = 1000

/**
 * Evaluates similarities of pairs by ten-fold cross-validation, as LFW does.
 *
 * A pair belongs to the fold of its first person. Its threshold comes from the pairs in which nobody of
 * that fold's pairs appears, so no person helps to set a threshold that he is then measured with.
 *
 * @param similarities of each pair; `undefined` where there is none
 * @throws {EvaluationError} if there are too few pairs
 */
export function evaluateVerification(
  pairs: readonly VerificationPair[],
  similarities: readonly (number | undefined)[],
): VerificationResult {
  const compared = pairs.map((pair, i): ComparedPair => {
    // What was not compared is told wrong, whatever the threshold is.
    const similarity = similarities[i] ?? (pair.same ? -1 : 1) * Number.POSITIVE_INFINITY
    return { same: pair.same, similarity, people: pair.names.map(personOf) }
  })
  const thresholds = thresholdsOfFolds(compared)
  const right = compared.map((pair) => isRight(pair, thresholds.get(pair.people[0]!)!))
  const negatives = compared.filter(({ same }) => !same).length
  const measured = rates.filter((rate) => rate * negatives >= 1)
  const accuracyOf = (told: readonly boolean[]) => told.filter(Boolean).length / told.length
  return {
    accuracy: accuracyOf(right),
    threshold: meanOf([...thresholds.values()]),
    pairs: pairs.length,
    missed: compared.filter(({ similarity }) => !Number.isFinite(similarity)).length,
    tarAtFar: byRate(measured, (rate) => trueAcceptance(compared, rate)),
    intervals: {
      accuracy: resample(right, resamples, accuracyOf),
      tarAtFar: byRate(measured, (rate) =>
        resample(compared, resamples, (some) => trueAcceptance(some, rate)),
      ),
    },
  }
}

/** The threshold for each first person. */
function thresholdsOfFolds(pairs: readonly ComparedPair[]): Map<string, number> {
  const firsts = [...new Set(pairs.map(({ people }) => people[0]!))].sort()
  const thresholds = new Map<string, number>()
  for (let fold = 0; fold < folds; fold++) {
    const ofFold = new Set(firsts.filter((_, i) => i % folds === fold))
    const tested = pairs.filter(({ people }) => ofFold.has(people[0]!))
    const seen = new Set(tested.flatMap(({ people }) => people))
    const others = pairs.filter(({ people }) => !people.some((person) => seen.has(person)))
    if (ofFold.size === 0 || !others.some(({ same }) => same) || others.every(({ same }) => same)) {
      throw new EvaluationError(
        `There are too few pairs for ${folds} folds without common people: ${pairs.length}. Give pairs of the same and of different people, of some hundred people.`,
      )
    }
    const threshold = bestThreshold(others)
    for (const person of ofFold) thresholds.set(person, threshold)
  }
  return thresholds
}

function byRate<Value>(
  measured: readonly number[],
  figureOf: (rate: number) => Value,
): Record<string, Value> {
  return Object.fromEntries(measured.map((rate) => [String(rate), figureOf(rate)]))
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
