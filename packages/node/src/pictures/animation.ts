import type { PixelImage } from '@retinaface/core'
import sharp from 'sharp'
import type { EncodeOptions } from './encode-picture.ts'

/** A GIF or WebP of several frames. */
export interface Animation {
  /** Whole ones of one size, RGBA. */
  readonly frames: readonly PixelImage[]
  /** How long each frame is shown, in milliseconds. */
  readonly delays: readonly number[]
  /** How often it is played; 0 without end. */
  readonly loop: number
}

/** Reads all frames of an animated GIF or WebP, each as it is seen. */
export async function readAnimation(bytes: Uint8Array): Promise<Animation> {
  const picture = sharp(bytes, { animated: true })
  const { pages = 1, delay = [], loop = 0 } = await picture.metadata()
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const [width, height] = [info.width, info.height / pages]
  const length = width * height * 4
  const frames = Array.from({ length: pages }, (_, i) => ({
    data: data.subarray(i * length, (i + 1) * length),
    ...{ width, height, channels: 4 as const },
  }))
  return { frames, delays: frames.map((_, i) => delay[i] ?? 0), loop }
}

/** Encodes an animation without any metadata; its frames stay as many, also where two are the same. */
export function encodeAnimation(
  { frames, delays, loop }: Animation,
  format: 'gif' | 'webp',
  { quality = 92, lossless = false }: EncodeOptions = {},
): Promise<Buffer> {
  const { width, height } = frames[0]!
  const raw = { width, height: height * frames.length, channels: 4 as const, pageHeight: height }
  const data = new Uint8Array(width * height * 4 * frames.length)
  for (const [i, frame] of frames.entries()) data.set(frame.data, i * width * height * 4)
  const picture = sharp(data, { raw, limitInputPixels: false })
  const shown = { delay: [...delays], loop }
  if (format === 'gif') return picture.gif({ ...shown, keepDuplicateFrames: true }).toBuffer()
  return picture.webp({ ...shown, ...(lossless ? { lossless } : { quality }) }).toBuffer()
}
