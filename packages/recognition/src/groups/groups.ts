import { InvalidArgumentError } from '@retinaface/core'
import { type Embedding, similarityAt } from '../compare/similarity.ts'

/** Groups of faces that are still to be joined or left alone: of each its faces, their mean and spread. */
export class Groups {
  /** The groups that are to be joined or left alone; at first all. */
  left: number[]
  readonly faces: number[][]
  private readonly dimensions: number
  private readonly means: Float32Array
  /** Mean square of the distance from the mean. */
  private readonly spreads: Float64Array

  /** Every face a group, @throws {InvalidArgumentError} if the vectors differ in length */
  constructor(embeddings: readonly Embedding[]) {
    this.dimensions = embeddings[0]?.length ?? 0
    const odd = embeddings.findIndex((one) => !(one?.length > 0 && one.length === this.dimensions))
    if (odd >= 0) {
      const received = `${embeddings[odd]?.length} numbers at ${odd}`
      throw new InvalidArgumentError('embeddings', 'vectors of one embedder', received)
    }
    this.left = [...embeddings.keys()]
    this.faces = this.left.map((face) => [face])
    this.spreads = new Float64Array(embeddings.length)
    this.means = new Float32Array(embeddings.length * this.dimensions)
    for (const [i, embedding] of embeddings.entries())
      this.means.set(embedding, i * this.dimensions)
  }

  /** The mean similarity of the pairs of a face of one group and a face of the other. */
  similarity(a: number, b: number): number {
    return this.similarityOfMeans(a, b) - (this.spreads[a]! + this.spreads[b]!) / 2
  }

  /** Which of the others is most alike; of equals the one that is preferred. */
  nearest(group: number, preferred: number | undefined): { group: number; similarity: number } {
    let best = preferred ?? -1
    let most =
      preferred === undefined ? Number.NEGATIVE_INFINITY : this.similarity(group, preferred)
    for (const other of this.left) {
      if (other === group) continue
      const alike = this.similarity(group, other)
      if (alike <= most) continue
      most = alike
      best = other
    }
    return { group: best, similarity: most }
  }

  /** Makes two groups one, in the place of the first. */
  join(a: number, b: number): void {
    const [sizeA, sizeB] = [this.faces[a]!.length, this.faces[b]!.length]
    const [shareA, shareB] = [sizeA / (sizeA + sizeB), sizeB / (sizeA + sizeB)]
    const apart = 2 * (1 - this.similarityOfMeans(a, b))
    this.spreads[a] =
      shareA * this.spreads[a]! + shareB * this.spreads[b]! + shareA * shareB * apart
    const { means, dimensions } = this
    for (let i = 0; i < dimensions; i++) {
      const at = a * dimensions + i
      means[at] = shareA * means[at]! + shareB * means[b * dimensions + i]!
    }
    this.faces[a] = [...this.faces[a]!, ...this.faces[b]!]
    this.leave(b)
  }

  /** Takes a group out of what is left. */
  leave(group: number): void {
    const { left } = this
    const last = left.pop()!
    if (last !== group) left[left.indexOf(group)] = last
  }

  private similarityOfMeans(a: number, b: number): number {
    const { means, dimensions } = this
    return similarityAt(means, a * dimensions, means, b * dimensions, dimensions)
  }
}
