import { ImageReadError, type PixelImage } from '@retinaface/core'

/** Decodes HEIC, as phones write it, with the package `heic-decode`, if it is installed. */
export async function decodeHeic(encoded: Uint8Array, name: string): Promise<PixelImage> {
  const { default: decode } = await import('heic-decode').catch((error: unknown) => {
    throw new ImageReadError(
      name,
      'it is HEIC, which is read with a package that is not installed. Install heic-decode beside @retinaface/node, or convert the picture to JPEG.',
      error,
    )
  })
  const { data, width, height } = await decode({ buffer: encoded })
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return { data: pixels, width, height, channels: 4 }
}
