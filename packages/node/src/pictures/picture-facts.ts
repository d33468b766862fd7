import sharp from 'sharp'

/** The formats that are written: those that can be read, but HEIC. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff' | 'gif'

/** What a picture's file is. */
export interface PictureFacts {
  /** What it is written as: its own format, or JPEG for HEIC. */
  readonly format: PictureFormat
  /** HEIC, of which there is no encoder. */
  readonly isHeic: boolean
  /** Pages of a TIFF, frames of an animation; 1 for others. */
  readonly pages: number
  /** Of a sample: 8, 16, or more; AVIF's 10 and 12 count as 16. */
  readonly bits: 8 | 16 | 32
  /** A WebP that loses nothing. */
  readonly lossless: boolean
}

/** The facts of an encoded picture that can be read. */
export async function readPictureFacts(bytes: Uint8Array): Promise<PictureFacts> {
  const header = await sharp(bytes, { limitInputPixels: false }).metadata()
  const { format, pages = 1, depth } = header
  const isHeic = header.compression === 'hevc'
  const ofHeif = isHeic ? 'jpeg' : 'avif'
  return {
    format: format === 'heif' ? ofHeif : (format as PictureFormat),
    isHeic,
    pages,
    bits: depth === 'uchar' ? 8 : depth === 'ushort' ? 16 : 32,
    lossless: format === 'webp' && hasLosslessChunk(bytes),
  }
}

/** True if one of a WebP's chunks is of its lossless kind: each has a name, a length and its bytes. */
function hasLosslessChunk(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 12; at + 8 <= bytes.length; ) {
    if (String.fromCharCode(...bytes.subarray(at, at + 4)) === 'VP8L') return true
    const length = view.getUint32(at + 4, true)
    // Chunks begin at even bytes.
    at += 8 + length + (length % 2)
  }
  return false
}
