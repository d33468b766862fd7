import { clusterBoxes } from '../candidates/cluster-boxes.ts'
import { decodeCandidates } from '../candidates/decode-candidates.ts'
import type { Cluster } from '../candidates/non-maximum-suppression.ts'
import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import { flattenAlpha } from '../image/flatten-alpha.ts'
import {
  assertPixelImage,
  assertRegionInside,
  cropImage,
  type PixelImage,
} from '../image/pixel-image.ts'
import { resizeImage } from '../image/resize-image.ts'
import { type ImageSize, type ShrunkenImage, toShrunkenImage } from '../image/shrunken-image.ts'
import type { Network } from '../network/network.ts'
import {
  closerScales,
  isHint,
  isSeenCloser,
  leastScore,
  planCloserViews,
} from '../views/closer-views.ts'
import type { DetectionView } from '../views/detection-view.ts'
import { planViews } from '../views/plan-views.ts'
import { belongsToView, candidateToImage, type ImageCandidate } from '../views/view-to-image.ts'
import { mergeCandidates, type ReadCandidate } from './merge-candidates.ts'
import { type AskedStage, describeFaces, readCandidates, tensorsOf } from './run-stages.ts'

// More than any crowd has; bounds the work that a hostile picture or a threshold of 0 can cause.
const candidateLimit = 20_000

/**
 * The whole pipeline for one picture: views → input tensor → network → decode → image frame → stages
 * read → NMS → stages describe.
 *
 * @param picture its pixels; shrunken ones only as {@link planShrink} allows
 * @param stages those that `options` asks for
 * @returns faces, the best first; none is an empty array.
 * @throws {InvalidImageError} {InvalidArgumentError} {ModelMismatchError} or the reason of
 * `options.signal`.
 */
export async function detectFaces(
  network: Network,
  picture: PixelImage | ShrunkenImage,
  options: ResolvedDetectOptions,
  stages: readonly AskedStage[] = [],
): Promise<Face[]> {
  const { pixels, width, height, whole } = toShrunkenImage(picture)
  assertPixelImage(pixels)
  if (options.region) assertRegionInside(pixels, options.region, 'options.region')
  const opaque = flattenAlpha(pixels)
  const { configuration } = network
  const isShrunken = pixels.width !== width || pixels.height !== height
  const planned = planViews({ width, height }, options, configuration)
  const views = isShrunken ? planned.map((view) => viewOfShrunken(view, pixels)) : planned
  let done = 0
  const lookAt = async (view: DetectionView, total: number): Promise<Pass> => {
    options.signal?.throwIfAborted()
    const part = resized(isShrunken ? opaque : cropImage(opaque, view.region), view)
    const pass = await runView(network, part, view, options, stages)
    done += 1
    options.onProgress?.({ done, total })
    return pass
  }
  const passes: Pass[] = []
  for (const view of views) passes.push(await lookAt(view, views.length))
  let candidates = passes.flatMap((pass) => pass.candidates)
  let hints = passes.flatMap((pass) => pass.hints)
  for (const scale of closerScales(views[0]!.region, options, configuration)) {
    const closer = planCloserViews({ width, height }, scale, hints, options, configuration)
    candidates = candidates.filter((one) => !isSeenCloser(one, closer, options, configuration))
    hints = []
    const total = done + closer.length
    for (const view of closer) {
      const pass = await lookAt(view, total)
      candidates.push(...pass.candidates)
      hints.push(...pass.hints)
    }
  }
  options.signal?.throwIfAborted()
  const photo = whole ? flattenAlpha(whole) : opaque
  const clusters = done === 1 ? passes[0]!.clusters : undefined
  const faces = mergeCandidates(candidates, options, configuration.faceSizes.to, clusters)
  return describeFaces(stages, photo, faces, options.signal)
}

/** What one pass found. */
interface Pass {
  readonly candidates: readonly ReadCandidate[]
  /** Where a closer look may find small faces, if one is wanted. */
  readonly hints: readonly ImageCandidate[]
  /** Which candidates are the same face, where stages had to know. */
  readonly clusters?: readonly Cluster[]
}

async function runView(
  network: Network,
  pixels: PixelImage,
  view: DetectionView,
  options: ResolvedDetectOptions,
  stages: readonly AskedStage[],
): Promise<Pass> {
  const { features, scoreThreshold, nmsThreshold } = options
  const minFaceSize = inInput(options.minFaceSize, view)
  const tensors = tensorsOf(stages)
  const { configuration } = network
  const needs = { features, tensors, minFaceSize }
  const size = { width: view.inputWidth, height: view.inputHeight }
  const { levels, maps } = await network.run(pixels, size, view.flip, needs)
  const least = leastScore(options)
  const decoded = decodeCandidates(configuration, levels, least, candidateLimit, features)
  const seen = decoded
    .map((candidate) => ({ candidate, inImage: candidateToImage(candidate, view, configuration) }))
    .filter(({ inImage }) => belongsToView(inImage, view))
  const found = seen.filter(({ candidate }) => candidate.score >= scoreThreshold)
  const candidates: ReadCandidate[] = found.map(({ inImage }) => inImage)
  const hints = seen
    .map(({ inImage }) => inImage)
    .filter((one) => isHint(one, options, configuration))
  if (tensors.length === 0 || view.flip) return { candidates, hints }
  // The maps of a pass are gone when all passes are merged, so each is read before, once for a face:
  // at the candidate that the others would yield to.
  const clusters = clusterBoxes(candidates, nmsThreshold)
  const kept = clusters.map((cluster) => found[cluster.kept]!.candidate)
  const readings = await readCandidates(stages, kept, maps)
  for (const [i, { kept: best, members }] of clusters.entries()) {
    const read = { anchor: candidates[best]!.anchor, of: readings[i]! }
    for (const member of members) candidates[member]!.readings = read
  }
  return { candidates, hints, clusters }
}

/** A length of the picture in pixels of the network's input; of the two axes, the larger. */
function inInput(length: number, { region, width, height }: DetectionView): number {
  // Multiplying first keeps whole results exact.
  return Math.max((length * width) / region.width, (length * height) / region.height)
}

/** Pixels that were shrunk as far or further are looked at as they are: resampling twice blurs. */
function viewOfShrunken(view: DetectionView, { width, height }: ImageSize): DetectionView {
  return width <= view.width && height <= view.height ? { ...view, width, height } : view
}

function resized(pixels: PixelImage, { width, height }: ImageSize): PixelImage {
  const asIs = pixels.width === width && pixels.height === height
  return asIs ? pixels : resizeImage(pixels, width, height)
}
