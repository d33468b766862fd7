import { type PixelImage, rowStrideOf } from '../image/pixel-image.ts'

/** Of red, green and blue: where its plane begins, and what each of the 256 samples becomes. */
export interface Planes {
  readonly starts: readonly [number, number, number]
  readonly values: readonly [Float32Array, Float32Array, Float32Array]
}

const isLittleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/** RGB samples four at a time, where each row is made of whole words; otherwise `undefined`. */
export function asWords(image: PixelImage): Uint32Array | undefined {
  const { data, width, channels } = image
  const fits = channels === 3 && width % 4 === 0 && rowStrideOf(image) % 4 === 0
  if (!(fits && isLittleEndian && data.byteOffset % 4 === 0)) return undefined
  return new Uint32Array(data.buffer, data.byteOffset, Math.floor(data.length / 4))
}

/**
 * Spreads a row of RGB over three planes, four pixels from three words at a time.
 *
 * Three times as fast as sample by sample: a quarter of the reads, and tables instead of arithmetic.
 */
export function writeWords(
  words: Uint32Array,
  first: number,
  width: number,
  { starts: [redStart, greenStart, blueStart], values: [red, green, blue] }: Planes,
  target: number,
  dst: Float32Array,
): void {
  let r = redStart + target
  let g = greenStart + target
  let b = blueStart + target
  const end = first + (width / 4) * 3
  for (let i = first; i < end; i += 3, r += 4, g += 4, b += 4) {
    const one = words[i]! | 0
    const two = words[i + 1]! | 0
    const three = words[i + 2]! | 0
    dst[r] = red[one & 255]!
    dst[g] = green[(one >>> 8) & 255]!
    dst[b] = blue[(one >>> 16) & 255]!
    dst[r + 1] = red[one >>> 24]!
    dst[g + 1] = green[two & 255]!
    dst[b + 1] = blue[(two >>> 8) & 255]!
    dst[r + 2] = red[(two >>> 16) & 255]!
    dst[g + 2] = green[two >>> 24]!
    dst[b + 2] = blue[three & 255]!
    dst[r + 3] = red[(three >>> 8) & 255]!
    dst[g + 3] = green[(three >>> 16) & 255]!
    dst[b + 3] = blue[three >>> 24]!
  }
}
