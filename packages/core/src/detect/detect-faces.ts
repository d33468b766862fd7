import { type Candidate, decodeCandidates } from '../decode/decode-candidates.ts'
import { flattenAlpha } from '../image/flatten-alpha.ts'
import {
  assertPixelImage,
  assertRegionInside,
  cropImage,
  type PixelImage,
} from '../image/pixel-image.ts'
import { resizeImage } from '../image/resize-image.ts'
import { writeTensor } from '../image/write-tensor.ts'
import type { ResolvedDetectOptions } from './detect-options.ts'
import type { DetectionView } from './detection-view.ts'
import type { Face } from './face.ts'
import { mergeCandidates } from './merge-candidates.ts'
import type { Network } from './network.ts'
import { planViews } from './plan-views.ts'
import { belongsToView, candidateToImage, type ImageCandidate } from './view-to-image.ts'

// More than any crowd has; bounds the work that a hostile picture or a threshold of 0 can cause.
const candidateLimit = 20_000

/**
 * The whole pipeline for one picture: views → input tensor → network → decode → image frame → NMS.
 *
 * @returns faces, the best first; none is an empty array.
 * @throws {InvalidImageError} {InvalidArgumentError} {ModelMismatchError} or the reason of
 * `options.signal`.
 */
export async function detectFaces(
  network: Network,
  image: PixelImage,
  options: ResolvedDetectOptions,
): Promise<Face[]> {
  assertPixelImage(image)
  if (options.region) assertRegionInside(image, options.region, 'options.region')
  const opaque = flattenAlpha(image)
  const views = planViews(opaque, options, network.configuration.input.sizeMultiple)
  const candidates: ImageCandidate[] = []
  for (const [i, view] of views.entries()) {
    options.signal?.throwIfAborted()
    for (const found of await runView(network, opaque, view, options)) {
      const candidate = candidateToImage(found, view, network.configuration)
      if (belongsToView(candidate, view)) candidates.push(candidate)
    }
    options.onProgress?.({ done: i + 1, total: views.length })
  }
  options.signal?.throwIfAborted()
  return mergeCandidates(candidates, options)
}

async function runView(
  network: Network,
  image: PixelImage,
  view: DetectionView,
  options: ResolvedDetectOptions,
): Promise<Candidate[]> {
  const size = { width: view.inputWidth, height: view.inputHeight }
  const pixels = viewPixels(image, view)
  const { configuration } = network
  const levels = await network.run(size, options.features, (input) =>
    writeTensor(pixels, configuration.input, size, view.flip, input),
  )
  const { scoreThreshold, features } = options
  return decodeCandidates(configuration, levels, scoreThreshold, candidateLimit, features)
}

function viewPixels(image: PixelImage, { region, width, height }: DetectionView): PixelImage {
  const part = cropImage(image, region)
  const asIs = part.width === width && part.height === height
  return asIs ? part : resizeImage(part, width, height)
}
