import { InvalidArgumentError } from '@retinaface/core'
import type { EmbedderConfiguration } from '../embedder/embedder.ts'
import { type Embedding, similarity } from './similarity.ts'

/** Whether two faces are taken for the same person, and why. */
export interface Verification {
  readonly same: boolean
  readonly similarity: number
  /** Faces that are at least so alike are taken for the same person. */
  readonly threshold: number
}

/**
 * Compares two faces.
 *
 * @param threshold set it from pairs of your own pictures; {@link thresholdAt} is a start
 * @throws {InvalidArgumentError} if the vectors differ in length or the threshold is no number
 */
export function verify(a: Embedding, b: Embedding, threshold: number): Verification {
  if (!Number.isFinite(threshold)) {
    throw new InvalidArgumentError('threshold', 'a number', threshold)
  }
  const found = similarity(a, b)
  return { same: found >= threshold, similarity: found, threshold }
}

/**
 * The similarity at which so many pairs of different people passed for one when an embedder was measured.
 *
 * @param rate a share that was measured, as 0.001
 * @throws {InvalidArgumentError} if it was not measured, as for files of your own
 */
export function thresholdAt(
  { name, falseAcceptance }: EmbedderConfiguration,
  rate: number,
): number {
  const measured = falseAcceptance.find((one) => one.rate === rate)
  if (measured) return measured.similarity
  const rates = falseAcceptance.map((one) => one.rate).join(', ')
  const expected = rates
    ? `one of the rates measured for ${name}, ${rates},`
    : `a threshold of your own, since nothing was measured for ${name},`
  throw new InvalidArgumentError('rate', expected, rate)
}
