import { createRequire } from 'node:module'
import {
  ImageReadError,
  type PixelImage,
  type ShrinkPlan,
  type ShrunkenImage,
} from '@retinaface/core'
import type { Metadata, Sharp, default as SharpFactory } from 'sharp'

type SharpExports = typeof SharpFactory & { readonly default?: typeof SharpFactory }

// Required, sharp is there in half the time that its modules take to import. Where the conditions of
// `exports` are set so that require gives modules too, it is their default.
const required: SharpExports = createRequire(import.meta.url)('sharp')
const sharp = required.default ?? required

// SVG, PDF and the like are left out: they are programs more than pictures, and can load files.
const formats: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']

/**
 * Decodes JPEG, PNG, WebP, AVIF, TIFF or GIF (its first frame) into upright 8-bit sRGB pixels.
 *
 * @param shrink where fewer pixels do; JPEG and WebP are then read at a fraction of their size, which
 * takes a fraction of the time
 * @throws {ImageReadError}
 */
export async function decodeImage(
  encoded: Uint8Array,
  name: string,
  pixelLimit: number,
  shrink?: ShrinkPlan,
): Promise<PixelImage | ShrunkenImage> {
  if (isJpeg(encoded) && !shrink) {
    // Asking for the header first takes a tenth of what decoding takes; what fails is asked all the same.
    const whole = sharp(encoded, { limitInputPixels: pixelLimit }).autoOrient()
    const pixels = await readPixels(whole).catch(() => undefined)
    if (pixels) return pixels
  }
  const image = sharp(encoded, { limitInputPixels: false })
  const metadata = await readMetadata(image, name)
  assertReadable(metadata, name, pixelLimit)
  image.autoOrient()
  const size = shrink?.sizeFor(metadata.autoOrient)
  try {
    if (!size || !shrink) return await readPixels(image)
    const whole = shrink.keepWhole ? { whole: await readPixels(image.clone()) } : {}
    const pixels = await readPixels(image.resize({ ...size, fit: 'fill', kernel: 'linear' }))
    return { pixels, ...whole, ...metadata.autoOrient }
  } catch (error) {
    throw new ImageReadError(name, `the picture is damaged or cut short (${reason(error)}).`, error)
  }
}

function isJpeg([first, second, third]: Uint8Array): boolean {
  return first === 0xff && second === 0xd8 && third === 0xff
}

async function readPixels(image: Sharp): Promise<PixelImage> {
  const { data, info } = await image
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  const { width, height } = info
  return { data, width, height, channels: info.channels as PixelImage['channels'] }
}

async function readMetadata(image: Sharp, name: string): Promise<Metadata> {
  try {
    return await image.metadata()
  } catch (error) {
    const expected = 'it is not a picture in a known format (JPEG, PNG, WebP, AVIF, TIFF or GIF)'
    throw new ImageReadError(name, `${expected}, or its header is damaged.`, error)
  }
}

function assertReadable({ format, width, height }: Metadata, name: string, limit: number): void {
  if (!formats.includes(format)) {
    throw new ImageReadError(
      name,
      `${format} pictures are not read. Convert it to JPEG, PNG, WebP, AVIF, TIFF or GIF.`,
    )
  }
  if (width * height > limit) {
    throw new ImageReadError(
      name,
      `it has ${width}×${height} pixels, more than the limit of ${limit}. Raise pixelLimit if you trust it.`,
    )
  }
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.trim()
}
