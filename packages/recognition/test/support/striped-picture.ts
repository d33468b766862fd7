import type { PixelImage } from '@retinaface/core'

/** Smooth colours, 150×150, which every platform computes alike: no face, but an embedder describes it. */
export const stripedPicture: PixelImage = {
  data: Uint8Array.from({ length: 3 * 150 * 150 }, (_, i) => {
    const [x, y, channel] = [Math.floor(i / 3) % 150, Math.floor(i / 450), i % 3]
    return ((x * (channel + 2)) % 97) + ((y * (3 - channel)) % 89) + 20 * channel
  }),
  width: 150,
  height: 150,
  channels: 3,
}
