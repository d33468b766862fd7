import type { PixelImage, Region } from '../image/pixel-image.ts'
import type { ResolvedDetectOptions } from './detect-options.ts'
import type { DetectionView } from './detection-view.ts'
import { tileLevels } from './tile-levels.ts'

// A strip a few pixels wide has no face that a larger scale would show, but would need thousands of
// passes.
const maxEnlargement = 8

// Faces of this many pixels are found nearly as well as larger ones. On WIDER FACE, faces of 32 pixels
// shrunk to 24 lose 0.027 of medium average precision, and the work falls to 0.56.
const easyFaceSize = 24

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
  const region = options.region ?? { x: 0, y: 0, width: image.width, height: image.height }
  const flips = options.flip ? [false, true] : [false]
  return scalings(region, options).flatMap(({ width, height, fixed }) => {
    const tiles = fixed
      ? [{ region, width, height }]
      : tileLevels(region, width, height, options.tileSize)
    return tiles.flatMap((tile) => {
      const inputWidth = roundUp(fixed?.width ?? tile.width, sizeMultiple)
      const inputHeight = roundUp(fixed?.height ?? tile.height, sizeMultiple)
      return flips.map((flip) => ({ ...tile, inputWidth, inputHeight, flip }))
    })
  })
}

function scalings(region: Region, options: ResolvedDetectOptions): Scaling[] {
  const { inputSize } = options
  if (inputSize === 'original') return [region]
  if (inputSize === 'auto') return [scaled(region, easyScale(options))]
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

/** How far a picture may be shrunk so that the smallest faces that count are still easy; 1 at most. */
export function easyScale({ minFaceSize, mesh, features }: ResolvedDetectOptions): number {
  return mesh || features ? 1 : Math.min(1, easyFaceSize / minFaceSize)
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
