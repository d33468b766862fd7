import type { LandmarkRefinement } from '../dense/landmark-refinement.ts'
import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import { flattenAlpha } from '../image/flatten-alpha.ts'
import { assertPixelImage, assertRegionInside, type PixelImage } from '../image/pixel-image.ts'
import { type ShrunkenImage, toShrunkenImage } from '../image/shrunken-image.ts'
import type { Network } from '../network/network.ts'
import { lookInAllTurns } from './look-in-all-turns.ts'
import { Looks } from './looks.ts'
import { mergeCandidates } from './merge-candidates.ts'
import { type AskedStage, describeFaces } from './run-stages.ts'

/**
 * The whole pipeline for one picture: views → input tensor → network → decode → image frame → stages
 * read → NMS → stages describe.
 *
 * @param picture its pixels; shrunken ones only as {@link planShrink} allows
 * @param stages those that `options` asks for
 * @param landmarks refines the five landmarks
 * @returns faces, the best first; none is an empty array.
 * @throws {InvalidImageError} {InvalidArgumentError} {ModelMismatchError} or the reason of
 * `options.signal`.
 */
export async function detectFaces(
  network: Network,
  picture: PixelImage | ShrunkenImage,
  options: ResolvedDetectOptions,
  stages: readonly AskedStage[] = [],
  landmarks?: LandmarkRefinement,
): Promise<Face[]> {
  const { pixels, width, height, whole } = toShrunkenImage(picture)
  assertPixelImage(pixels)
  if (options.region) assertRegionInside(pixels, options.region, 'options.region')
  const opaque = flattenAlpha(pixels)
  const looks = new Looks(network, { pixels: opaque, width, height }, stages, landmarks)
  const candidates = options.turns
    ? await lookInAllTurns(looks, options)
    : await looks.look(0, options)
  options.signal?.throwIfAborted()
  const photo = whole ? flattenAlpha(whole) : opaque
  const largestFace = network.configuration.faceSizes.to
  const { knownClusters, finer } = looks
  const faces = mergeCandidates(candidates, options, largestFace, knownClusters, finer)
  return describeFaces(stages, photo, faces, options.signal)
}
