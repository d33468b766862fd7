import { type Candidate, decodeCandidates } from '../decode/decode-candidates.ts'
import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import { flattenAlpha } from '../image/flatten-alpha.ts'
import { assertPixelImage, cropImage, type PixelImage } from '../image/pixel-image.ts'
import { resizeImage } from '../image/resize-image.ts'
import { writeTensor } from '../image/write-tensor.ts'
import {
  type DetectOptions,
  type ResolvedDetectOptions,
  resolveDetectOptions,
} from './detect-options.ts'
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
 * @throws {InvalidImageError} {@link InvalidArgumentError} {@link ModelMismatchError}, or the
 * reason of `options.signal`.
 */
export async function detectFaces(
  network: Network,
  image: PixelImage,
  options: DetectOptions = {},
): Promise<Face[]> {
  assertPixelImage(image)
  const resolved = resolveDetectOptions(options)
  assertRegionInside(image, resolved)
  const opaque = flattenAlpha(image)
  const views = planViews(opaque, resolved, network.configuration.input.sizeMultiple)
  const candidates: ImageCandidate[] = []
  for (const [i, view] of views.entries()) {
    resolved.signal?.throwIfAborted()
    for (const candidate of await runView(network, opaque, view, resolved)) {
      candidates.push(candidateToImage(candidate, view, network.configuration))
    }
    resolved.onProgress?.({ done: i + 1, total: views.length })
  }
  resolved.signal?.throwIfAborted()
  return mergeCandidates(candidates, resolved)
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
  return decodeCandidates(configuration, levels, scoreThreshold, candidateLimit, features).filter(
    (candidate) => belongsToView(candidate, view),
  )
}

function viewPixels(image: PixelImage, { region, width, height }: DetectionView): PixelImage {
  const part = cropImage(image, region)
  const asIs = part.width === width && part.height === height
  return asIs ? part : resizeImage(part, width, height)
}

function assertRegionInside(image: PixelImage, { region }: ResolvedDetectOptions): void {
  if (!region) return
  if (region.x + region.width > image.width || region.y + region.height > image.height) {
    throw new InvalidArgumentError(
      'options.region',
      `a region inside the image of ${image.width}×${image.height} pixels`,
      `{ x: ${region.x}, y: ${region.y}, width: ${region.width}, height: ${region.height} }`,
    )
  }
}
