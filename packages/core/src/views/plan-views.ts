import { type ResolvedDetectOptions, readsFaces } from '../face/detect-options.ts'
import type { InputSizeOption } from '../face/input-size.ts'
import type { PixelImage, Region } from '../image/pixel-image.ts'
import type { ImageSize } from '../image/shrunken-image.ts'
import { type Quarters, turnedSize } from '../image/turn-image.ts'
import type { ModelConfiguration } from '../network/model-configuration.ts'
import type { DetectionView } from './detection-view.ts'
import { type Tile, tileLevels } from './tile-levels.ts'

// A strip a few pixels wide has no face that a larger scale would show, but would need thousands of
// passes.
const maxEnlargement = 8
// Long side of the first look of 'auto', in pixels of the network's input; larger where pictures are so
// large that faces of a hundred pixels would leave no hint.
const firstLook = 1024
const leastFirstScale = 1 / 4

/** What planning has to know of a network. */
export type SeeingModel = Pick<ModelConfiguration, 'faceSizes' | 'input'>

interface Scaling extends ImageSize {
  /** Fixed input size, never tiled; otherwise the next multiple of the largest stride. */
  readonly fixed?: ImageSize
}

/**
 * The passes through the network that a picture needs: one for each scale, tile and mirrored copy.
 */
export function planViews(
  image: Pick<PixelImage, 'width' | 'height'>,
  options: ResolvedDetectOptions,
  { faceSizes, input }: SeeingModel,
  quarters: Quarters = 0,
): DetectionView[] {
  const region = seenRegion(image, options)
  const { inputSize, tileSize } = options
  // Several scales see large faces at the smaller ones.
  const isSeveral = typeof inputSize === 'object' && 'shortSides' in inputSize
  const sizes = isSeveral ? { to: Number.POSITIVE_INFINITY } : faceSizes
  return scalings(region, options, faceSizes, quarters).flatMap(({ width, height, fixed }) => {
    const tiles = fixed
      ? [{ region, width, height }]
      : tileLevels(region, width, height, tileSize, sizes)
    return tiles.flatMap((tile) => viewsOf(tile, options, input.sizeMultiple, quarters, fixed))
  })
}

/** The part of the picture that is looked at. */
export function seenRegion(
  { width, height }: Pick<PixelImage, 'width' | 'height'>,
  { region }: ResolvedDetectOptions,
): Region {
  return region ?? { x: 0, y: 0, width, height }
}

/** The passes that a tile needs: one, and one more where the mirrored picture is looked at too. */
export function viewsOf(
  tile: Tile,
  { flip }: ResolvedDetectOptions,
  sizeMultiple: number,
  quarters: Quarters,
  fixed?: ImageSize,
): DetectionView[] {
  const { width, height } = fixed ?? turnedSize(tile, quarters)
  const inputWidth = roundUp(width, sizeMultiple)
  const inputHeight = roundUp(height, sizeMultiple)
  const flips = flip ? [false, true] : [false]
  return flips.map((mirrored) => ({ ...tile, inputWidth, inputHeight, flip: mirrored, quarters }))
}

function scalings(
  region: Region,
  options: ResolvedDetectOptions,
  faceSizes: SeeingModel['faceSizes'],
  quarters: Quarters,
): Scaling[] {
  const { inputSize } = options
  if (inputSize === 'original') return [region]
  if (followsMinFaceSize(inputSize)) return [scaled(region, firstScale(region, options, faceSizes))]
  if (typeof inputSize === 'number') return [scaled(region, inputSize / longSide(region))]
  if ('longSide' in inputSize) return [scaled(region, inputSize.longSide / longSide(region))]
  if ('shortSides' in inputSize) {
    const short = Math.min(region.width, region.height)
    return inputSize.shortSides.map((side) =>
      scaled(region, Math.min(side / short, maxEnlargement)),
    )
  }
  const turned = turnedSize(region, quarters)
  const scale = Math.min(inputSize.width / turned.width, inputSize.height / turned.height)
  return [{ ...scaled(region, scale), fixed: inputSize }]
}

/** True if the looks are as large as the smallest faces that count need. */
export function followsMinFaceSize(inputSize: InputSizeOption): inputSize is 'auto' | 'pyramid' {
  return inputSize === 'auto' || inputSize === 'pyramid'
}

/** The scale of the first look of `'auto'` and `'pyramid'`; 1 at most. */
export function firstScale(
  region: ImageSize,
  options: ResolvedDetectOptions,
  faceSizes: SeeingModel['faceSizes'],
): number {
  const easy = easyScale(options, faceSizes)
  const isReduced = options.inputSize === 'auto' && !readsFaces(options)
  const reduced = Math.max(firstLook / longSide(region), leastFirstScale)
  return isReduced ? Math.min(easy, reduced) : easy
}

/** How far a picture may be shrunk so that the smallest faces that count are still easy; 1 at most. */
export function easyScale(
  options: ResolvedDetectOptions,
  { from }: SeeingModel['faceSizes'],
): number {
  const { minFaceSize } = options
  return readsFaces(options) || minFaceSize <= from ? 1 : from / minFaceSize
}

/** A size in whole pixels, at least one. */
export function scaled({ width, height }: ImageSize, scale: number): ImageSize {
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}

function longSide({ width, height }: ImageSize): number {
  return Math.max(width, height)
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple
}
