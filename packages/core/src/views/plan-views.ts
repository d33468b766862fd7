import {
  type InputSizeOption,
  type ResolvedDetectOptions,
  readsFaces,
} from '../face/detect-options.ts'
import type { PixelImage, Region } from '../image/pixel-image.ts'
import type { DetectionView } from './detection-view.ts'
import { type Tile, tileLevels } from './tile-levels.ts'

// A strip a few pixels wide has no face that a larger scale would show, but would need thousands of
// passes.
const maxEnlargement = 8

/**
 * Faces of this many pixels are found nearly as well as larger ones. On WIDER FACE, faces of 32 pixels
 * shrunk to 24 lose 0.027 of medium average precision, and the work falls to 0.56.
 */
export const EASY_FACE_SIZE = 24

interface Scaling {
  readonly width: number
  readonly height: number
  /** Fixed input size, never tiled; otherwise the next multiple of the largest stride. */
  readonly fixed?: { readonly width: number; readonly height: number }
}

/**
 * The passes through the network that a picture needs: one for each scale, tile and mirrored copy.
 */
export function planViews(
  image: Pick<PixelImage, 'width' | 'height'>,
  options: ResolvedDetectOptions,
  sizeMultiple: number,
): DetectionView[] {
  const region = seenRegion(image, options)
  return scalings(region, options).flatMap(({ width, height, fixed }) => {
    const tiles = fixed
      ? [{ region, width, height }]
      : tileLevels(region, width, height, options.tileSize)
    return tiles.flatMap((tile) => viewsOf(tile, options, sizeMultiple, fixed))
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
  { width, height }: Pick<Tile, 'width' | 'height'> = tile,
): DetectionView[] {
  const inputWidth = roundUp(width, sizeMultiple)
  const inputHeight = roundUp(height, sizeMultiple)
  const flips = flip ? [false, true] : [false]
  return flips.map((mirrored) => ({ ...tile, inputWidth, inputHeight, flip: mirrored }))
}

function scalings(region: Region, options: ResolvedDetectOptions): Scaling[] {
  const { inputSize } = options
  if (inputSize === 'original') return [region]
  if (followsMinFaceSize(inputSize)) return [scaled(region, easyScale(options))]
  if (typeof inputSize === 'number') return [scaled(region, inputSize / longSide(region))]
  if ('longSide' in inputSize) return [scaled(region, inputSize.longSide / longSide(region))]
  if ('shortSides' in inputSize) {
    const short = Math.min(region.width, region.height)
    return inputSize.shortSides.map((side) =>
      scaled(region, Math.min(side / short, maxEnlargement)),
    )
  }
  const scale = Math.min(inputSize.width / region.width, inputSize.height / region.height)
  return [{ ...scaled(region, scale), fixed: inputSize }]
}

/** True if the first look is as small as the smallest faces that count allow. */
export function followsMinFaceSize(inputSize: InputSizeOption): inputSize is 'auto' | 'pyramid' {
  return inputSize === 'auto' || inputSize === 'pyramid'
}

/** How far a picture may be shrunk so that the smallest faces that count are still easy; 1 at most. */
export function easyScale(options: ResolvedDetectOptions): number {
  const { minFaceSize } = options
  const areEasy = readsFaces(options) || minFaceSize <= EASY_FACE_SIZE
  return areEasy ? 1 : EASY_FACE_SIZE / minFaceSize
}

function scaled({ width, height }: Region, scale: number): Scaling {
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}

function longSide({ width, height }: Region): number {
  return Math.max(width, height)
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple
}
