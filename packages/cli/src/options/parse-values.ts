import type { InputSizeOption, Region } from '@retinaface/core'
import { InvalidArgumentError } from 'commander'

export function parseNumber(value: string): number {
  const number = Number(value)
  if (value.trim() !== '' && Number.isFinite(number)) return number
  throw new InvalidArgumentError('Expected a number.')
}

export function parsePositiveInteger(value: string): number {
  const number = Number(value)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new InvalidArgumentError('Expected a positive whole number.')
}

/** A whole number from 0 on. */
export function parseCount(value: string): number {
  return value.trim() === '0' ? 0 : parsePositiveInteger(value)
}

/** `auto`, `pyramid`, `original`, a long side as in `640`, or a fixed size as in `640x480`. */
export function parseInputSize(value: string): InputSizeOption {
  if (value === 'auto' || value === 'pyramid' || value === 'original') return value
  const [, width, height] = /^([1-9]\d{0,4})(?:[x×]([1-9]\d{0,4}))?$/.exec(value) ?? []
  if (width === undefined) {
    throw new InvalidArgumentError(
      'Expected auto, pyramid, original, a long side (640, at most 99999) or a size (640x480).',
    )
  }
  if (height === undefined) return Number(width)
  return { width: Number(width), height: Number(height) }
}

/** Which turns of a picture are looked at: `auto` or `all`. */
export function parseTurns(value: string): true | 'auto' {
  if (value === 'auto') return value
  if (value === 'all') return true
  throw new InvalidArgumentError('Expected auto or all.')
}

/** `x,y,width,height` in whole pixels. */
export function parseRegion(value: string): Region {
  const [, x, y, width, height] = /^(\d+),(\d+),([1-9]\d*),([1-9]\d*)$/.exec(value) ?? []
  if (height === undefined) {
    throw new InvalidArgumentError('Expected x,y,width,height in whole pixels, as 0,0,640,480.')
  }
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) }
}

/** Side of a crop in pixels. */
export function parseCropSize(value: string): number {
  const size = parsePositiveInteger(value)
  if (size <= 4096) return size
  throw new InvalidArgumentError('Expected at most 4096 pixels.')
}

/** Quality of an encoder that loses something. */
export function parseQuality(value: string): number {
  const quality = parsePositiveInteger(value)
  if (quality <= 100) return quality
  throw new InvalidArgumentError('Expected a whole number from 1 to 100.')
}

/** How much larger than its box a face is taken to be. */
export function parseMargin(value: string): number {
  const margin = parseNumber(value)
  if (margin >= 0 && margin <= 10) return margin
  throw new InvalidArgumentError('Expected a number from 0 to 10.')
}
