import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { readImage } from '../src/read-image.ts'
import { samplePhoto } from './support/pictures.ts'

afterEach(() => {
  vi.doUnmock('heic-decode')
})

/** Four quarters in red, green, blue and white, 96×64, as HEVC. */
const heic = readFile(new URL('../../../fixtures/quarters.heic', import.meta.url))

describe('HEIC', () => {
  test('is read where heic-decode is installed, with a shrink plan too', async () => {
    const plan = { sizeFor: () => ({ width: 9, height: 6 }), keepWhole: false }
    for (const shrink of [undefined, plan]) {
      const image = await readImage(await heic, { shrink })
      if ('pixels' in image) expect.fail('shrunken')
      expect(image).toMatchObject({ width: 96, height: 64, channels: 4 })
      const colours = [24, 72].flatMap((x) => [16, 48].map((y) => [x, y] as const))
      const seen = colours.map(([x, y]) => {
        const at = 4 * (y * 96 + x)
        return [...image.data.subarray(at, at + 4)].map((v) => (v > 127 ? 1 : 0)).join('')
      })
      expect(seen).toEqual(['1001', '0011', '0101', '1111'])
    }
  })

  test('is called so where it is not, with what to do', async () => {
    vi.doMock('heic-decode', () => {
      throw new Error('Cannot find package')
    })
    const reading = readImage(await heic, {})
    await expect(reading).rejects.toThrow(/it is HEIC, .* Install heic-decode .* or convert/)
  })

  test('has its limit too, and a signal rejects at once', async () => {
    const limited = readImage(await heic, { pixelLimit: 96 * 64 - 1 })
    await expect(limited).rejects.toThrow('96×64 pixels, more than the limit')
    const controller = new AbortController()
    vi.doMock('heic-decode', () => ({
      default: () => {
        controller.abort(new Error('enough'))
        return new Promise(() => {})
      },
    }))
    const reading = readImage(await heic, { signal: controller.signal })
    await expect(reading).rejects.toThrow('enough')
  })
})

test('a JPEG whose scan header ends at coefficient 0 has the pixels of the one that says 63', async () => {
  const photo = await sharp(samplePhoto(1)).resize(320).jpeg().toBuffer()
  const odd = Buffer.from(photo)
  const scan = odd.indexOf(Buffer.from([0xff, 0xda]))
  const end = scan + 6 + 2 * odd[scan + 4]!
  expect(odd[end]).toBe(63)
  odd[end] = 0
  const [expected, image] = await Promise.all([readImage(photo, {}), readImage(odd, {})])
  if ('pixels' in image || 'pixels' in expected) expect.fail('shrunken')
  expect(Buffer.compare(image.data as Uint8Array, expected.data as Uint8Array)).toBe(0)
})
