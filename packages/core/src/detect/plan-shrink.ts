import type { ImageSize } from '../image/shrunken-image.ts'
import type { ResolvedDetectOptions } from './detect-options.ts'
import { planViews } from './plan-views.ts'

/** How a reader may save work: a picture that the network sees reduced need not be decoded in full. */
export interface ShrinkPlan {
  /**
   * The size to which a picture may be shrunk, from its upright size; `undefined` where every pixel is
   * needed.
   */
  readonly sizeFor: (picture: ImageSize) => ImageSize | undefined
  /** All pixels are wanted beside the shrunken ones. */
  readonly keepWhole: boolean
}

/** @returns `undefined` where pictures are always needed in full. */
export function planShrink(options: ResolvedDetectOptions): ShrinkPlan | undefined {
  const { inputSize, region, texture, refine } = options
  if (inputSize === 'original' || region) return undefined
  const sizeFor = (picture: ImageSize): ImageSize | undefined => {
    const [first, ...others] = planViews(picture, options, 1)
    const { width, height } = first!
    const isWhole = first!.region.width === picture.width && first!.region.height === picture.height
    const isOneCopy = others.every((view) => view.width === width && view.height === height)
    const isSmaller = width < picture.width && height < picture.height
    return isWhole && isOneCopy && isSmaller ? { width, height } : undefined
  }
  // Meshes take their colours from the photograph, and are fitted to it.
  return { sizeFor, keepWhole: texture === 'image' || refine > 0 }
}
