import type { Point } from '../align/similarity-transform.ts'
import { voteOn } from '../candidates/box-voting.ts'
import { clusterBoxes } from '../candidates/cluster-boxes.ts'
import type { Cluster } from '../candidates/non-maximum-suppression.ts'
import { withoutParts } from '../candidates/parts-of-faces.ts'
import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { Box, DenseFace, Face } from '../face/face.ts'
import { type DenseReading, type ImageCandidate, longerSide } from '../views/view-to-image.ts'

/** Makes the meshes of faces from what the dense head said. */
export type DescribeFaces = (readings: readonly DenseReading[]) => Promise<DenseFace[]>

/**
 * Turns the candidates of all passes into faces, the best first.
 *
 * @param known which candidates are the same face, if that was found before
 */
export async function mergeCandidates(
  candidates: readonly ImageCandidate[],
  options: ResolvedDetectOptions,
  largestFace: number,
  describe?: DescribeFaces,
  known?: readonly Cluster[],
): Promise<Face[]> {
  const large = candidates.filter(({ box }) => longerSide(box) >= options.minFaceSize)
  const boxes = flatten(large, 4, ({ box }) => box)
  const scores = large.map(({ score }) => score)
  const isKnown = known && large.length === candidates.length
  const all = isKnown ? known : clusterBoxes(large, options.nmsThreshold)
  const clusters = withoutParts(large, all, largestFace)
  const kept = clusters.slice(0, Math.min(clusters.length, options.maxFaces))
  const landmarks = flatten(large, 10, (candidate) => candidate.landmarks)
  const faces = kept.map((cluster) => {
    const best = large[cluster.kept]!
    return options.boxVoting ? votedFace(best, cluster, boxes, landmarks, scores) : toFace(best)
  })
  if (!describe) return faces
  // Mirrored passes have no reading; another pass's of the same face serves.
  const readings = kept.map(({ members }) => {
    const read = members.find((member) => large[member]!.dense)
    return read === undefined ? undefined : large[read]!.dense
  })
  const described = (await describe(readings.filter((one) => one !== undefined))).values()
  return faces.map((face, i) => {
    const reading = readings[i]
    return reading ? { ...face, anchor: reading.anchor, ...described.next().value! } : face
  })
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

function toFace({ score, box, landmarks, anchor, features }: ImageCandidate): Face {
  const point = (i: number): Point => [landmarks[2 * i]!, landmarks[2 * i + 1]!]
  const face: Face = {
    score,
    box: [...box] as unknown as Box,
    landmarks: [point(0), point(1), point(2), point(3), point(4)],
    anchor,
  }
  return features ? { ...face, features } : face
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
