import { readFile } from 'node:fs/promises'
import { ImageReadError } from '@retinaface/core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { fuzzCases } from '../../../fixtures/fuzz.ts'
import { readImage } from '../src/read-image.ts'
import { damagePicture } from './support/damage-picture.ts'

const pixels = Buffer.from(Array.from({ length: 48 * 32 * 3 }, (_, i) => (i * 37) % 256))
const picture = () => sharp(pixels, { raw: { width: 48, height: 32, channels: 3 } })
const kinds = ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const

/** Reads damaged copies, and tells how many could be read. */
async function readDamaged(kind: string, whole: Buffer, usual: number): Promise<number> {
  let read = 0
  for (const next of fuzzCases(usual)) {
    const error = await readImage(damagePicture(kind, whole, next), {}).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (error === undefined) read += 1
    else expect(error).toBeInstanceOf(ImageReadError)
  }
  return read
}

test.each(kinds)(
  'damaged %s pictures are read, or are errors that say so',
  async (kind) => {
    const whole = await picture()
      .withExif({ IFD0: { Artist: 'a' } })
      .toFormat(kind)
      .toBuffer()
    const read = await readDamaged(kind, whole, 300)
    expect(read).toBeGreaterThan(0)
  },
  Number.POSITIVE_INFINITY,
)

test(
  'damaged HEIC pictures are read, or are errors that say so',
  async () => {
    const whole = await readFile(new URL('../../../fixtures/quarters.heic', import.meta.url))
    // Each that looks whole starts a thread with the decoder.
    const read = await readDamaged('heic', whole, 10)
    expect(read).toBeGreaterThan(0)
  },
  Number.POSITIVE_INFINITY,
)
