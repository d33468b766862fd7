import type { FaceParameters } from '@retinaface/mesh-decoder'
import type { Candidate } from '../decode/decode-candidates.ts'
import { nonMaximumSuppression } from '../nms/non-maximum-suppression.ts'
import type { DenseHead } from './dense-head.ts'
import type { FeatureMap } from './feature-map.ts'

/** A candidate's place in a list, and what the dense head says at it. */
export interface ReadParameters {
  /** Index of the candidate whose anchor was read. */
  readonly candidate: number
  readonly parameters: FaceParameters
}

/**
 * What the dense head says of each candidate of one pass, read once for each face: at the candidate
 * that the others would yield to.
 *
 * The feature maps of a pass are gone when all passes are merged, so this comes before.
 */
export function readParameters(
  candidates: readonly Candidate[],
  nmsThreshold: number,
  head: DenseHead,
  maps: ReadonlyMap<string, FeatureMap>,
): ReadParameters[] {
  const boxes = new Float64Array(4 * candidates.length)
  candidates.forEach(({ box }, i) => {
    boxes.set(box, 4 * i)
  })
  const scores = candidates.map(({ score }) => score)
  const read: ReadParameters[] = new Array(candidates.length)
  const clusters = nonMaximumSuppression(boxes, scores, nmsThreshold)
  const kept = clusters.map((cluster) => candidates[cluster.kept]!)
  head.evaluate(kept, maps).forEach((parameters, i) => {
    const { kept: candidate, members } = clusters[i]!
    const reading = { candidate, parameters }
    for (const member of members) read[member] = reading
  })
  return read
}
