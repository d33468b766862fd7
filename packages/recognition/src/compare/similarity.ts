import { InvalidArgumentError } from '@retinaface/core'

/** What an embedder says of a face: a vector, near those of other pictures of the same person. */
export type Embedding = Float32Array

/**
 * How alike two faces are: 1 for the same vector, less the further they are from one another.
 *
 * It is 1 − d²/2 of their distance d: the cosine for vectors of length 1, as ArcFace's, and a measure of
 * the distance for others, as dlib's, whose usual 0.6 is 0.82 here.
 *
 * @throws {InvalidArgumentError} if the vectors differ in length, as those of two embedders do
 */
export function similarity(a: Embedding, b: Embedding): number {
  if (!(a?.length > 0 && a.length === b?.length)) {
    const received = `${a?.length} and ${b?.length} numbers`
    throw new InvalidArgumentError('a and b', 'two embeddings of one embedder', received)
  }
  return similarityAt(a, 0, b, 0, a.length)
}

/** The {@link similarity} of two vectors that begin somewhere in longer arrays. */
export function similarityAt(
  a: Float32Array,
  atA: number,
  b: Float32Array,
  atB: number,
  dimensions: number,
): number {
  let squares = 0
  for (let i = 0; i < dimensions; i++) {
    const difference = a[atA + i]! - b[atB + i]!
    squares += difference * difference
  }
  return 1 - squares / 2
}
