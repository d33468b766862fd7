import { InvalidArgumentError } from '@retinaface/core'
import { expectOptions } from '@retinaface/core/platform'
import { type Embedding, similarity } from '../compare/similarity.ts'

/** A face that is like the one that was asked for. */
export interface Match {
  /** Which of the embeddings. */
  readonly index: number
  readonly similarity: number
}

/** Options of {@link search}. */
export interface SearchOptions {
  /** At most so many. Default 10. */
  readonly count?: number
  /** Only those that are at least so alike. Default: all. */
  readonly threshold?: number
}

/**
 * The faces that are most like one, the most alike first; every one is compared.
 *
 * @throws {InvalidArgumentError} if the vectors differ in length, or an option is not valid
 */
export function search(
  face: Embedding,
  embeddings: readonly Embedding[],
  options: SearchOptions = {},
): Match[] {
  expectOptions(options, ['count', 'threshold'])
  const { count = 10, threshold = Number.NEGATIVE_INFINITY } = options
  if (!(Number.isInteger(count) && count > 0)) {
    throw new InvalidArgumentError('options.count', 'a positive integer', count)
  }
  if (typeof threshold !== 'number' || Number.isNaN(threshold)) {
    throw new InvalidArgumentError('options.threshold', 'a number', threshold)
  }
  return embeddings
    .map((other, index) => ({ index, similarity: similarity(face, other) }))
    .filter((match) => match.similarity >= threshold)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, count)
}
