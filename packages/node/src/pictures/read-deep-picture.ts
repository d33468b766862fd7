import type { DeepPixelImage } from '@retinaface/core'
import sharp from 'sharp'

/**
 * Reads an encoded picture that was read with 8 bits a sample before into upright sRGB pixels of 16 bits.
 *
 * @throws what sharp throws if it is damaged
 */
export async function readDeepPicture(bytes: Uint8Array): Promise<DeepPixelImage> {
  const picture = sharp(bytes, { limitInputPixels: false, failOn: 'error' }).autoOrient()
  const { data, info } = await picture
    .toColourspace('rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const samples = new Uint16Array(data.buffer, data.byteOffset, width * height * channels)
  return { data: samples, width, height, channels: channels as DeepPixelImage['channels'] }
}
