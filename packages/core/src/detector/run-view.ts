import { longerSide } from '../candidates/box-size.ts'
import { clusterBoxes } from '../candidates/cluster-boxes.ts'
import { decodeCandidates } from '../candidates/decode-candidates.ts'
import type { Cluster } from '../candidates/non-maximum-suppression.ts'
import type { LandmarkRefinement } from '../dense/landmark-refinement.ts'
import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import type { Network } from '../network/network.ts'
import { isHint, leastScore } from '../views/closer-views.ts'
import type { DetectionView } from '../views/detection-view.ts'
import {
  belongsToView,
  candidateToImage,
  type ImageCandidate,
  isForCoarserLevel,
} from '../views/view-to-image.ts'
import type { ReadCandidate } from './merge-candidates.ts'
import { type AskedStage, readCandidates, tensorsOf } from './run-stages.ts'

// More than any crowd has; bounds the work that a hostile picture or a threshold of 0 can cause.
const candidateLimit = 20_000

/** What one pass found. */
export interface Pass {
  readonly candidates: readonly ReadCandidate[]
  /** Where a closer look may find small faces, if one is wanted. */
  readonly hints: readonly ImageCandidate[]
  /** Which candidates are the same face, where stages had to know. */
  readonly clusters?: readonly Cluster[]
  /** What was read of faces that a coarser level answers for. */
  readonly finer?: readonly ReadCandidate[]
}

/** What reads the network's maps at faces. */
export interface MapReaders {
  readonly stages: readonly AskedStage[]
  readonly landmarks: LandmarkRefinement | undefined
}

/** One pass through the network, from its pixels to candidates in the image frame. */
export async function runView(
  network: Network,
  pixels: PixelImage,
  view: DetectionView,
  options: ResolvedDetectOptions,
  { stages, landmarks }: MapReaders,
): Promise<Pass> {
  const { contextFeatures, scoreThreshold, nmsThreshold } = options
  const minFaceSize = inInput(options.minFaceSize, view)
  const ofStages = view.flip ? [] : tensorsOf(stages)
  const tensors = [...new Set([...ofStages, ...(landmarks?.tensors ?? [])])]
  const { configuration } = network
  const needs = { contextFeatures, tensors, minFaceSize }
  const size = { width: view.inputWidth, height: view.inputHeight }
  const { levels, maps } = await network.run(pixels, size, view.flip, needs)
  const least = leastScore(options)
  const decoded = decodeCandidates(configuration, levels, least, candidateLimit, contextFeatures)
  const all = decoded.map((candidate) => {
    return { candidate, inImage: candidateToImage(candidate, view, configuration) }
  })
  const seen = all.filter(({ inImage }) => belongsToView(inImage, view))
  const found = seen.filter(({ candidate }) => candidate.score >= scoreThreshold)
  const candidates: ReadCandidate[] = found.map(({ inImage }) => inImage)
  const hints = seen
    .map(({ inImage }) => inImage)
    .filter((one) => isHint(one, options, configuration))
  if (tensors.length === 0) return { candidates, hints }
  // The maps of a pass are gone when all passes are merged, so each is read before, once for a face:
  // at the candidate that the others would yield to.
  const clusters = clusterBoxes(candidates, nmsThreshold)
  const larger = all
    .filter(({ candidate }) => candidate.score >= scoreThreshold)
    .filter(({ inImage }) => isForCoarserLevel(inImage, view))
    .filter(({ candidate }) => longerSide(candidate.box) <= configuration.faceSizes.to)
  const largerClusters = clusterBoxes(
    larger.map(({ inImage }) => inImage),
    nmsThreshold,
  )
  const kept = [
    ...clusters.map((cluster) => found[cluster.kept]!),
    ...largerClusters.map((cluster) => larger[cluster.kept]!),
  ]
  const toRead = kept.map(({ candidate }) => candidate)
  const refined = await landmarks?.refine(toRead, maps)
  const readings = ofStages.length > 0 ? await readCandidates(stages, toRead, maps) : undefined
  const read = kept.map(({ candidate, inImage }, i) => {
    const better = refined && { ...candidate, landmarks: refined[i]! }
    return {
      ...(better && { landmarks: candidateToImage(better, view, configuration).landmarks }),
      ...(readings && { readings: { anchor: inImage.anchor, of: readings[i]! } }),
    }
  })
  for (const [i, { members }] of clusters.entries()) {
    for (const member of members) candidates[member] = { ...candidates[member]!, ...read[i] }
  }
  const finer = kept.map(({ inImage }, i) => ({ ...inImage, ...read[i] })).slice(clusters.length)
  return { candidates, hints, clusters, finer }
}

/** A length of the picture in pixels of the network's input; of the two axes, the larger. */
function inInput(length: number, { region, width, height }: DetectionView): number {
  // Multiplying first keeps whole results exact.
  return Math.max((length * width) / region.width, (length * height) / region.height)
}
