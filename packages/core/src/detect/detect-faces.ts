import { decodeCandidates } from '../decode/decode-candidates.ts'
import type { DenseHead } from '../dense/dense-head.ts'
import type { MeshBranch } from '../dense/mesh-branch.ts'
import { readParameters } from '../dense/read-parameters.ts'
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
 * The whole pipeline for one picture: views → input tensor → network → decode → dense head → image
 * frame → NMS → meshes.
 *
 * @param branch makes the meshes where `options.mesh` asks for them
 * @returns faces, the best first; none is an empty array.
 * @throws {InvalidImageError} {InvalidArgumentError} {ModelMismatchError} or the reason of
 * `options.signal`.
 */
export async function detectFaces(
  network: Network,
  image: PixelImage,
  options: ResolvedDetectOptions,
  branch?: MeshBranch,
): Promise<Face[]> {
  assertPixelImage(image)
  if (options.region) assertRegionInside(image, options.region, 'options.region')
  const { configuration } = network
  const opaque = flattenAlpha(image)
  const views = planViews(opaque, options, configuration.input.sizeMultiple)
  const candidates: ImageCandidate[] = []
  for (const [i, view] of views.entries()) {
    options.signal?.throwIfAborted()
    candidates.push(...(await runView(network, opaque, view, options, branch?.head)))
    options.onProgress?.({ done: i + 1, total: views.length })
  }
  options.signal?.throwIfAborted()
  return mergeCandidates(
    candidates,
    options,
    branch && (({ parameters, anchor }) => branch.describe(opaque, parameters, anchor, options)),
  )
}

async function runView(
  network: Network,
  image: PixelImage,
  view: DetectionView,
  options: ResolvedDetectOptions,
  head: DenseHead | undefined,
): Promise<ImageCandidate[]> {
  const size = { width: view.inputWidth, height: view.inputHeight }
  const pixels = viewPixels(image, view)
  const { configuration } = network
  const wanted = { features: options.features || head !== undefined, tensors: head?.tensors ?? [] }
  const { levels, maps } = await network.run(size, wanted, (input) =>
    writeTensor(pixels, configuration.input, size, view.flip, input),
  )
  const { scoreThreshold, nmsThreshold } = options
  const decoded = decodeCandidates(
    configuration,
    levels,
    scoreThreshold,
    candidateLimit,
    wanted.features,
  )
  const found = decoded
    .map((candidate) => ({ candidate, inImage: candidateToImage(candidate, view, configuration) }))
    .filter(({ inImage }) => belongsToView(inImage, view))
  if (!head || view.flip) return found.map(({ inImage }) => inImage)
  const inView = found.map(({ candidate }) => candidate)
  const readings = readParameters(inView, nmsThreshold, head, maps)
  return found.map(({ inImage }, i) => {
    const { candidate, parameters } = readings[i]!
    const { features: _read, ...bare } = inImage
    return {
      ...(options.features ? inImage : bare),
      dense: { parameters, anchor: found[candidate]!.inImage.anchor },
    }
  })
}

function viewPixels(image: PixelImage, { region, width, height }: DetectionView): PixelImage {
  const part = cropImage(image, region)
  const asIs = part.width === width && part.height === height
  return asIs ? part : resizeImage(part, width, height)
}
