import type { PixelImage } from '@retinaface/core'

/** A black picture: large enough that every part of the network runs, too small to take long. */
export function warmUpImage(): PixelImage {
  return { data: new Uint8Array(256 * 256), width: 256, height: 256, channels: 1 }
}
