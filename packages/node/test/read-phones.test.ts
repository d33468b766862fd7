import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { readImage } from '../src/read-image.ts'
import { samplePhoto } from './support/pictures.ts'

afterEach(() => {
  vi.doUnmock('../src/real-process.ts')
  vi.resetModules()
})

/** Four quarters in red, green, blue and white, 96×64, as HEVC. */
const heic = readFile(new URL('../../../fixtures/quarters.heic', import.meta.url))

/** The module with another decoder in place of `heic-decode`. */
async function withDecoder(resolve: () => string) {
  vi.doMock('../src/real-process.ts', () => ({ realRequire: { resolve } }))
  return (await import('../src/decode-heic.ts')).decodeHeic
}

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
    const decodeHeic = await withDecoder(() => {
      throw new Error('Cannot find module')
    })
    const reading = decodeHeic(await heic, 'it')
    await expect(reading).rejects.toThrow(/it is HEIC, .* Install heic-decode .* or convert/)
  })

  test('has its limit too', async () => {
    const limited = readImage(await heic, { pixelLimit: 96 * 64 - 1 })
    await expect(limited).rejects.toThrow('96×64 pixels, more than the limit')
  })

  test('of which little is there is damaged', async () => {
    const reading = readImage((await heic).subarray(0, 500), {})
    await expect(reading).rejects.toThrow('the picture is damaged or cut short')
  })

  test('is given up by a signal, and a decoder that would never end is ended', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'retinaface-heic-'))
    const decoder = join(folder, 'decoder.cjs')
    await writeFile(decoder, 'module.exports = () => { for (;;); }')
    const decodeHeic = await withDecoder(() => decoder)
    const controller = new AbortController()
    const started = once(process, 'worker')
    const decoding = decodeHeic(await heic, 'it', controller.signal)
    decoding.catch(() => undefined)
    const [thread] = await started
    await once(thread, 'online')
    const ended = once(thread, 'exit')
    controller.abort(new Error('enough'))
    await expect(decoding).rejects.toThrow('enough')
    await ended
    await rm(folder, { recursive: true })
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
