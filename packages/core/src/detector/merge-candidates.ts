import type { Point } from '../align/similarity-transform.ts'
import { longerSide } from '../candidates/box-size.ts'
import { voteOn } from '../candidates/box-voting.ts'
import { clusterBoxes } from '../candidates/cluster-boxes.ts'
import { intersectionOverUnion } from '../candidates/intersection-over-union.ts'
import type { Cluster } from '../candidates/non-maximum-suppression.ts'
import { withoutParts } from '../candidates/parts-of-faces.ts'
import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { Box, Face } from '../face/face.ts'
import type { ImageCandidate } from '../views/view-to-image.ts'
import type { FaceWithReadings, StageReadings } from './run-stages.ts'

// The largest face that dense heads were trained on, in pixels of the network's input.
const largestReading = 480
// The overlap of two boxes that show the same face.
const sameFace = 0.5

/** A candidate, and what stages read of it where they did. */
export interface ReadCandidate extends ImageCandidate {
  readings?: StageReadings
}

/**
 * Turns the candidates of all passes into faces, the best first.
 *
 * @param known which candidates are the same face, if that was found before
 * @param finer further candidates, which give landmarks and readings alone
 */
export function mergeCandidates(
  candidates: readonly ReadCandidate[],
  options: ResolvedDetectOptions,
  largestFace: number,
  known?: readonly Cluster[],
  finer: readonly ReadCandidate[] = [],
): FaceWithReadings[] {
  const large = candidates.filter(({ box }) => longerSide(box) >= options.minFaceSize)
  const boxes = flatten(large, 4, ({ box }) => box)
  const scores = large.map(({ score }) => score)
  const isKnown = known && large.length === candidates.length
  const all = isKnown ? known : clusterBoxes(large, options.nmsThreshold)
  const clusters = withoutParts(large, all, largestFace)
  const kept = clusters.slice(0, Math.min(clusters.length, options.maxFaces))
  const landmarks = flatten(large, 10, (candidate) => candidate.landmarks)
  return kept.map((cluster) => {
    const best = large[cluster.kept]!
    const finest = finestOf(best, finer)
    const face = options.boxVoting
      ? votedFace(best, cluster, boxes, landmarks, scores)
      : toFace(finest ? { ...best, landmarks: finest.landmarks } : best)
    // Mirrored passes are not read; another pass's reading of the same face serves.
    const read = cluster.members.find((member) => large[member]!.readings)
    const readings = read === undefined ? undefined : large[read]!.readings
    return { face, readings: finest?.readings ?? readings }
  })
}

/** The face in the finest further pass that shows it no larger than it is read well. */
function finestOf(best: ReadCandidate, finer: readonly ReadCandidate[]): ReadCandidate | undefined {
  return finer
    .filter(({ scale, quarters }) => scale > best.scale && quarters === best.quarters)
    .filter(({ box, scale }) => longerSide(box) * scale <= largestReading)
    .filter(({ box }) => intersectionOverUnion(box, 0, best.box, 0) > sameFace)
    .reduce<ReadCandidate | undefined>(
      (finest, one) => (finest && finest.scale >= one.scale ? finest : one),
      undefined,
    )
}

function votedFace(
  best: ImageCandidate,
  cluster: Cluster,
  boxes: Float64Array,
  landmarks: Float64Array,
  scores: readonly number[],
): Face {
  const box = voteOn(boxes, 4, scores, cluster)
  return toFace({ ...best, box, landmarks: voteOn(landmarks, 10, scores, cluster) })
}

function toFace({ score, box, landmarks, anchor, contextFeatures }: ImageCandidate): Face {
  const point = (i: number): Point => [landmarks[2 * i]!, landmarks[2 * i + 1]!]
  const face: Face = {
    score,
    box: [...box] as unknown as Box,
    landmarks: [point(0), point(1), point(2), point(3), point(4)],
    anchor,
  }
  return contextFeatures ? { ...face, contextFeatures } : face
}

function flatten(
  candidates: readonly ImageCandidate[],
  components: number,
  read: (candidate: ImageCandidate) => Float64Array,
): Float64Array {
  const flat = new Float64Array(candidates.length * components)
  candidates.forEach((candidate, i) => {
    flat.set(read(candidate), i * components)
  })
  return flat
}
