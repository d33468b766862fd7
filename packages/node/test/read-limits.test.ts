import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { mostPixels, READ_LIMITS } from '../src/limits.ts'
import { readEncoded } from '../src/read-encoded.ts'
import { readImage } from '../src/read-image.ts'
import { quarters, samplePhoto } from './support/pictures.ts'

// Half a gigabyte would take its time.
vi.mock('../src/limits.ts', async (importOriginal) => {
  const limits = await importOriginal<typeof import('../src/limits.ts')>()
  return { ...limits, READ_LIMITS: { ...limits.READ_LIMITS, bytes: 2 ** 21 } }
})

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retinaface-limits-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A picture that says that it has so many pixels. */
async function claiming(format: 'png' | 'jpeg', width: number, height: number): Promise<Buffer> {
  const bytes = await quarters().toFormat(format).toBuffer()
  if (format === 'png') {
    bytes.writeUInt32BE(width, 16)
    bytes.writeUInt32BE(height, 20)
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
    return bytes
  }
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]))
  bytes.writeUInt16BE(height, frame + 5)
  bytes.writeUInt16BE(width, frame + 7)
  return bytes
}

/** Counts what is decoded, by the module that the package requires. */
function countDecodes(): () => number {
  const required = createRequire(import.meta.url)('sharp')
  const { prototype }: typeof sharp = required.default ?? required
  const decodes = vi.spyOn(prototype, 'toBuffer')
  return () => {
    const count = decodes.mock.calls.length
    decodes.mockRestore()
    return count
  }
}

describe('by default', () => {
  test.each(['png', 'jpeg'] as const)('a %s of few bytes has fewer pixels', async (format) => {
    const bomb = await claiming(format, 9000, 6000)
    const decodes = countDecodes()
    for (const shrink of [undefined, { sizeFor: () => undefined, keepWhole: false }]) {
      const before = readImage(bomb, { shrink })
      await expect(before).rejects.toThrow('9000×6000 pixels, more than the limit of 50000000')
    }
    expect(decodes()).toBe(0)
  })

  test('a JPEG has more, if it has the bytes', () => {
    const pixels = 140_000_000
    expect(mostPixels('jpeg', pixels / 100, pixels)).toBe(READ_LIMITS.pixelsOfPhoto)
    expect(mostPixels('jpeg', pixels / 101, pixels)).toBe(READ_LIMITS.pixels)
    for (const format of ['png', 'webp', 'heif', 'gif', 'tiff']) {
      expect(mostPixels(format, pixels, pixels)).toBe(READ_LIMITS.pixels)
    }
  })

  test.each(['png', 'jpeg'] as const)('pixelLimit is for a %s too', async (format) => {
    const picture = await claiming(format, 24, 16)
    const refused = readImage(picture, { pixelLimit: 24 * 16 - 1 })
    await expect(refused).rejects.toThrow('more than the limit of 383')
    expect(await readImage(picture, { pixelLimit: 24 * 16 })).toMatchObject({ width: 24 })
    const large = readImage(await claiming(format, 9000, 6000), { pixelLimit: 53_999_999 })
    await expect(large).rejects.toThrow('more than the limit of 53999999')
  })
})

describe('what never ends', () => {
  test('is a device, a stream or a stream of the web: it is read no further than the limit', async () => {
    const chunk = new Uint8Array(2 ** 16)
    const stream = new Readable({
      read() {
        this.push(chunk)
      },
    })
    let cancelled = false
    const ofWeb = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(chunk),
      cancel: () => {
        cancelled = true
      },
    })
    for (const source of ['/dev/zero', stream, endlessText(), ofWeb]) {
      await expect(readEncoded(source)).rejects.toThrow(/more than 2 MiB/)
    }
    expect(stream.destroyed).toBe(true)
    await vi.waitFor(() => expect(cancelled).toBe(true))
  })

  test('may be a large file, of which nothing is read', async () => {
    const path = join(folder, 'large.jpg')
    await writeFile(path, '')
    await truncate(path, 2 ** 21 + 1)
    await expect(readEncoded(path)).rejects.toThrow(/large\.jpg": it has more than 2 MiB/)
    await truncate(path, 2 ** 21)
    expect(await readEncoded(path)).toHaveLength(2 ** 21)
  })
})

test('files that state no size are read all the same', async () => {
  expect(await readEncoded('/proc/self/stat')).not.toHaveLength(0)
})

test('a signal rejects at once, while the decoder goes on', async () => {
  const controller = new AbortController()
  // Called when the picture is about to be decoded.
  const sizeFor = () => {
    controller.abort(new Error('enough'))
    return { width: 60, height: 40 }
  }
  const shrink = { sizeFor, keepWhole: false }
  const reading = readImage(samplePhoto(1), { signal: controller.signal, shrink })
  await expect(reading).rejects.toThrow('enough')
})

test('a JPEG that is cut short costs one decode', async () => {
  const photo = await sharp(samplePhoto(1)).resize(320).jpeg().toBuffer()
  const decodes = countDecodes()
  const cut = readImage(photo.subarray(0, photo.length / 2), {})
  await expect(cut).rejects.toThrow('damaged or cut short')
  expect(decodes()).toBe(1)
})

function endlessText(): Readable {
  return new Readable({
    encoding: 'utf8',
    read() {
      this.push('x'.repeat(2 ** 16))
    },
  })
}
