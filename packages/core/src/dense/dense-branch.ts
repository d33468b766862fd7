import type { Candidate } from '../candidates/decode-candidates.ts'
import type { FeatureMaps } from '../network/feature-map.ts'
import type { DenseHead, HeadReading } from './dense-head.ts'

/** The dense head of a detector, for every stage that reads it: run once, whoever asks first. */
export class DenseBranch {
  readonly head: DenseHead
  private readonly readings = new WeakMap<readonly Candidate[], Promise<HeadReading[]>>()
  private released: Promise<void> | undefined

  constructor(head: DenseHead) {
    this.head = head
  }

  /**
   * What the head says of each candidate.
   *
   * @param candidates in network pixels; stages of one run are given the same array
   */
  read(candidates: readonly Candidate[], maps: FeatureMaps): Promise<HeadReading[]> {
    const known = this.readings.get(candidates)
    if (known) return known
    const reading = this.head.evaluate(candidates, maps)
    this.readings.set(candidates, reading)
    return reading
  }

  /** Of every stage's release the first frees the head. */
  release(): Promise<void> {
    this.released ??= this.head.release()
    return this.released
  }
}
