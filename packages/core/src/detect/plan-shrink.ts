import type { ImageSize } from '../image/shrunken-image.ts'
import type { ResolvedDetectOptions } from './detect-options.ts'
import { planViews } from './plan-views.ts'

/**
 * Says to which size a picture may be shrunk while it is read, from its upright size; `undefined`
 * where every pixel is needed.
 */
export type ShrinkTo = (picture: ImageSize) => ImageSize | undefined

/**
 * How a reader may save work: a picture of which the network sees one reduced copy need not be
 * decoded in full.
 *
 * @returns `undefined` where pictures are always needed in full.
 */
export function planShrink(options: ResolvedDetectOptions): ShrinkTo | undefined {
  const { inputSize, region, texture, refine } = options
  const readsPhoto = texture === 'image' || refine > 0
  if (inputSize === 'original' || region || readsPhoto) return undefined
  return (picture) => {
    const [first, ...others] = planViews(picture, options, 1)
    const { width, height } = first!
    const isWhole = first!.region.width === picture.width && first!.region.height === picture.height
    const isOneCopy = others.every((view) => view.width === width && view.height === height)
    const isSmaller = width < picture.width && height < picture.height
    return isWhole && isOneCopy && isSmaller ? { width, height } : undefined
  }
}
