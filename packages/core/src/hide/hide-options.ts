import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { expectOptions } from '../errors/expect-options.ts'

/** The ways to hide a face, the default first. */
export const HIDE_STYLES = ['blur', 'pixelate', 'solid'] as const

/**
 * What covers a face. A few mean colours of the head are all that is left of it:
 *
 * - `'blur'`: two by two that run into one another;
 * - `'pixelate'`: three by three blocks;
 * - `'solid'`: grey, so not even these.
 */
export type HideStyle = (typeof HIDE_STYLES)[number]

/** How much larger than the ellipse around a face's box its cover is, where nothing else is said. */
export const DEFAULT_MARGIN = 0.3

/** Options of `hideFaces`. */
export interface HideOptions {
  /** Default `'blur'`. */
  readonly style?: HideStyle
  /**
   * How much larger than an ellipse through the corners of the face's box the cover is, as a share of both
   * radii, 0 to 10. Default 0.3: from above the hair line to below the chin, and both ears.
   */
  readonly margin?: number
}

/**
 * Fills in defaults and checks the options.
 *
 * @throws {InvalidArgumentError} naming the option, what was expected and what came
 */
export function resolveHideOptions(options: HideOptions): Required<HideOptions> {
  expectOptions(options, ['style', 'margin'])
  const { style = HIDE_STYLES[0], margin = DEFAULT_MARGIN } = options
  if (!HIDE_STYLES.includes(style)) {
    throw new InvalidArgumentError('options.style', `one of ${HIDE_STYLES.join(', ')}`, style)
  }
  if (!(typeof margin === 'number' && margin >= 0 && margin <= 10)) {
    throw new InvalidArgumentError('options.margin', 'a number from 0 to 10', margin)
  }
  return { style, margin }
}
