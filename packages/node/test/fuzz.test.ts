import { ImageReadError } from '@retinaface/core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { damageBytes, fuzzCases } from '../../../fixtures/fuzz.ts'
import { readImage } from '../src/read-image.ts'

const pixels = Buffer.from(Array.from({ length: 48 * 32 * 3 }, (_, i) => (i * 37) % 256))
const picture = () => sharp(pixels, { raw: { width: 48, height: 32, channels: 3 } })
const kinds = ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const

test.each(kinds)('damaged %s pictures are read, or are errors that say so', async (kind) => {
  const whole = await picture().toFormat(kind).toBuffer()
  for (const next of fuzzCases(300)) {
    // Heads lie first, and hold what decoders believe.
    const within = next(2) === 0 ? 64 : whole.length
    const bytes = damageBytes(whole, next, within)
    const error = await readImage(bytes, {}).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (error !== undefined) expect(error).toBeInstanceOf(ImageReadError)
  }
})
