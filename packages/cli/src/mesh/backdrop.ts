import type { PixelImage } from '@retinaface/core'

const centre = [74, 82, 96] as const
const edge = [17, 19, 25] as const

/** A dark studio wall with a glow in the middle ([side, side] pixels, RGB). */
export function drawBackdrop(side: number): PixelImage {
  const data = new Uint8Array(side * side * 3)
  for (let at = 0; at < data.length; at++) {
    const pixel = Math.floor(at / 3)
    const x = (pixel % side) / side - 0.5
    const y = Math.floor(pixel / side) / side - 0.46
    const share = Math.min(1, Math.hypot(x, y) / 0.72)
    const ease = share * share * (3 - 2 * share)
    const from = centre[at % 3]!
    data[at] = from + (edge[at % 3]! - from) * ease + dither(pixel)
  }
  return { data, width: side, height: side, channels: 3 }
}

/** 0..1, different in each pixel, so that 8 bits show no bands. */
function dither(pixel: number): number {
  const value = Math.sin(pixel * 12.9898) * 43758.5453
  return value - Math.floor(value)
}
