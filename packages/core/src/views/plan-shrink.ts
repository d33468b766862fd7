import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { ImageSize } from '../image/shrunken-image.ts'
import { closerScales } from './closer-views.ts'
import { easyScale, followsMinFaceSize, planViews, type SeeingModel } from './plan-views.ts'

/** How a reader may save work: a picture that the network sees reduced need not be decoded in full. */
export interface ShrinkPlan {
  /**
   * The size to which a picture may be shrunk, from its upright size; `undefined` where every pixel is
   * needed. What comes back smaller is looked at as it is; what comes back larger is shrunk further.
   */
  readonly sizeFor: (picture: ImageSize) => ImageSize | undefined
  /** All pixels are wanted beside the shrunken ones. */
  readonly keepWhole: boolean
}

/**
 * @param keepWhole whether all pixels are wanted too, as some face stages do
 * @returns `undefined` where pictures are always needed in full.
 */
export function planShrink(
  options: ResolvedDetectOptions,
  model: SeeingModel,
  keepWhole = false,
): ShrinkPlan | undefined {
  const { inputSize, region } = options
  const seesAll = followsMinFaceSize(inputSize) && easyScale(options, model.faceSizes) === 1
  if (inputSize === 'original' || seesAll || region) return undefined
  const sizeFor = (picture: ImageSize): ImageSize | undefined => {
    if (closerScales(picture, options, model).length > 0) return undefined
    const views = planViews(picture, options, {
      ...model,
      input: { ...model.input, sizeMultiple: 1 },
    })
    const { width, height } = views[0]!
    const areWhole = views.every(
      (view) =>
        view.region.width === picture.width &&
        view.region.height === picture.height &&
        view.width <= width &&
        view.height <= height,
    )
    const isSmaller = width < picture.width && height < picture.height
    return areWhole && isSmaller ? shortSideDown(picture, { width, height }) : undefined
  }
  return { sizeFor, keepWhole }
}

/**
 * The size with its short side rounded down, where it was rounded up.
 *
 * Readers of JPEG go by the side that shrinks least: with 1920×1367 in 640×456 that is 2.998, and they
 * would not read it at half its size, as they do from 3 on.
 */
function shortSideDown(picture: ImageSize, { width, height }: ImageSize): ImageSize {
  const down = (product: number, long: number) => Math.max(1, Math.floor(product / long))
  return picture.width > picture.height
    ? { width, height: Math.min(height, down(picture.height * width, picture.width)) }
    : { width: Math.min(width, down(picture.width * height, picture.height)), height }
}
