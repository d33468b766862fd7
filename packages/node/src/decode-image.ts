import { type CancelSignal, ImageReadError, type PixelImage } from '@retinaface/core'
import { type ShrinkPlan, type ShrunkenImage, untilAborted } from '@retinaface/core/platform'
import type { Metadata, Sharp, default as SharpFactory, SharpOptions } from 'sharp'
import { decodeHeic } from './decode-heic.ts'
import { jpegSize } from './jpeg-size.ts'
import { mostPixels, READ_LIMITS } from './limits.ts'
import { PixelBudget } from './pixel-budget.ts'
import { realRequire } from './real-process.ts'
import { decoding, timed } from './timing.ts'

type SharpExports = typeof SharpFactory & { readonly default?: typeof SharpFactory }

// Required, sharp is there in half the time that its modules take to import. Where the conditions of
// `exports` are set so that require gives modules too, it is their default.
const required: SharpExports = realRequire('sharp')
const sharp = required.default ?? required

// SVG, PDF and the like are left out: they are programs more than pictures, and can load files.
const formats: readonly string[] = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']

const budget = new PixelBudget(READ_LIMITS.pixelsInFlight)

// What decoders warn of is no loss: some phones write scan headers that they warn of.
const options: SharpOptions = { limitInputPixels: false, failOn: 'error' }

/** How {@link decodeImage} decodes. */
export interface DecodeOptions {
  /** Pictures of more pixels are refused. Default: as {@link mostPixels} says. */
  readonly pixelLimit?: number | undefined
  /** Rejects with its reason as soon as it is aborted. */
  readonly signal?: CancelSignal | undefined
  /** Where fewer pixels do; JPEG and WebP then take a fraction of the time. */
  readonly shrink?: ShrinkPlan | undefined
}

/** What a picture says of itself. */
type Header = Pick<Metadata, 'format' | 'width' | 'height' | 'compression'>

/**
 * Decodes JPEG, PNG, WebP, AVIF, TIFF or GIF (its first frame) into upright 8-bit sRGB pixels, and HEIC
 * where `heic-decode` is installed.
 *
 * @throws {ImageReadError}
 */
export async function decodeImage(
  encoded: Uint8Array,
  name: string,
  { pixelLimit, signal, shrink }: DecodeOptions,
): Promise<PixelImage | ShrunkenImage> {
  const image = sharp(encoded, options)
  // Asking the decoder for the header takes a tenth of what decoding a JPEG takes.
  const size = shrink ? undefined : jpegSize(encoded)
  const metadata = size ? undefined : await untilAborted(signal, readMetadata(image, name))
  const header: Header = metadata ?? { ...size!, format: 'jpeg' }
  const pixels = header.width * header.height
  assertReadable(header, name, pixelLimit ?? mostPixels(header.format, encoded.length, pixels))
  const decode = async () => {
    if (header.compression === 'hevc') return decodeHeic(encoded, name, signal)
    const plan = metadata && shrink
    return plan ? readShrunken(image.autoOrient(), metadata, plan) : readPixels(image.autoOrient())
  }
  try {
    return await budget.run(pixels, () => timed(decoding, decode), signal)
  } catch (error) {
    signal?.throwIfAborted()
    if (ImageReadError.isInstance(error)) throw error
    throw new ImageReadError(name, `the picture is damaged or cut short (${reason(error)}).`, error)
  }
}

async function readShrunken(
  image: Sharp,
  { autoOrient }: Metadata,
  { sizeFor, keepWhole }: ShrinkPlan,
): Promise<PixelImage | ShrunkenImage> {
  const size = sizeFor(autoOrient)
  if (!size) return readPixels(image)
  const whole = keepWhole ? { whole: await readPixels(image.clone()) } : {}
  const pixels = await readPixels(image.resize({ ...size, fit: 'fill', kernel: 'linear' }))
  return { pixels, ...whole, ...autoOrient }
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

function assertReadable({ format, width, height }: Header, name: string, limit: number): void {
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

/** The last line says what the decoder gave up on. */
function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1)!
}
