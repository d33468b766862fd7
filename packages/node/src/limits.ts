/**
 * What reading one picture may cost, so that a small hostile file cannot fill the memory or take the
 * processor for long. Every limit of this package is here.
 */
export const READ_LIMITS = {
  /** Pixels of a picture, unless `pixelLimit` says otherwise. */
  pixels: 50_000_000,
  /**
   * The same for a JPEG with a byte or more for every hundred pixels, as cameras write them. Other
   * formats, and JPEGs made for it, can hold thousands of pixels in a byte.
   */
  pixelsOfPhoto: 150_000_000,
  /** Pixels of all pictures that one thread decodes at a time; others wait, and a larger one is alone. */
  pixelsInFlight: 150_000_000,
  /** Bytes of an encoded picture: an uncompressed one of 150 million pixels has less. */
  bytes: 536_870_912,
} as const

const pixelsOfByte = 100

/** How many pixels an encoded picture may have. */
export function mostPixels(format: string, bytes: number, pixels: number): number {
  const isPhoto = format === 'jpeg' && pixels <= pixelsOfByte * bytes
  return isPhoto ? READ_LIMITS.pixelsOfPhoto : READ_LIMITS.pixels
}
