import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  ImageReadError,
  type ImageSize,
  InvalidArgumentError,
  type PixelImage,
  resizeImage,
} from '@retinaface/core'
import type { ShrunkenImage } from '@retinaface/core/platform'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NodeImageSource, readImage } from '../src/read-image.ts'
import { quarters, samplePhoto } from './support/pictures.ts'

const limit = 10_000_000
const read = async (source: NodeImageSource): Promise<PixelImage> => {
  const image = await readImage(source, { pixelLimit: limit })
  if ('pixels' in image) expect.fail('shrunken')
  return image
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retinaface-node-'))
})
afterAll(() => rm(folder, { recursive: true }))

function pixel({ data, width, channels }: PixelImage, x: number, y: number): number[] {
  const at = (y * width + x) * channels
  return [...data.subarray(at, at + 3)]
}

/** The colours of the four quarters, clockwise from the top left, rounded to full or none. */
function corners(image: PixelImage): string {
  const { width, height } = image
  const places = [
    [2, 2],
    [width - 3, 2],
    [width - 3, height - 3],
    [2, height - 3],
  ] as const
  return places
    .map(([x, y]) =>
      pixel(image, x, y)
        .map((v) => (v > 127 ? 1 : 0))
        .join(''),
    )
    .join(' ')
}

const upright = '100 010 111 001'

const lossless = {
  jpeg: { quality: 100, chromaSubsampling: '4:4:4' },
  webp: { lossless: true },
  png: {},
}

/** Red grows from the left edge to the right one, green from top to bottom. */
function ramps(width: number, height: number): Sharp {
  const data = new Uint8Array(3 * width * height)
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)]
    // A threshold that differs from pixel to pixel keeps what rounding would lose.
    const threshold = (0.754_877_666 * x + 0.569_840_291 * y) % 1
    data[3 * i] = 16 + (224 * (x + 0.5)) / width + threshold
    data[3 * i + 1] = 16 + (224 * (y + 0.5)) / height + threshold
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
}

/** Where the columns and rows of shrunken {@link ramps} should be, by their colours. */
function placesIn({ data, width, height }: PixelImage): Record<'columns' | 'rows', number[]> {
  const columns = new Array<number>(width).fill(0)
  const rows = new Array<number>(height).fill(0)
  for (let i = 0; i < width * height; i++) {
    columns[i % width]! += (((data[3 * i]! - 16) / 224) * width - 0.5) / height
    rows[Math.floor(i / width)]! += (((data[3 * i + 1]! - 16) / 224) * height - 0.5) / width
  }
  return { columns, rows }
}

/** How far the first and the last are from their places, by the line through all but the outermost. */
function shiftsOfEnds(places: readonly number[]): [number, number] {
  const middle = (places.length - 1) / 2
  // The filter sees less on one side of the outermost.
  const inner = places.map((place, i) => [i - middle, place - i] as const).slice(2, -2)
  const sum = (of: (entry: readonly [number, number]) => number) =>
    inner.reduce((total, entry) => total + of(entry), 0)
  const shift = sum(([, off]) => off) / inner.length
  const slope = sum(([at, off]) => at * off) / sum(([at]) => at * at)
  return [shift - slope * middle, shift + slope * middle]
}

describe('readImage', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('turns EXIF orientation %i upright', async (orientation) => {
    // A picture as a camera in this orientation would store it: undo what the tag asks for.
    const undo: Record<number, (image: Sharp) => Sharp> = {
      1: (image) => image,
      2: (image) => image.flop(),
      3: (image) => image.rotate(180),
      4: (image) => image.flip(),
      5: (image) => image.flop().rotate(270),
      6: (image) => image.rotate(270),
      7: (image) => image.flop().rotate(90),
      8: (image) => image.rotate(90),
    }
    const stored = await undo[orientation]!(sharp(await quarters().png().toBuffer()))
      .withMetadata({ orientation })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .toBuffer()
    const image = await read(stored)
    expect([image.width, image.height]).toEqual([24, 16])
    expect(corners(image)).toBe(upright)
  })

  test.each([
    ['PNG', () => quarters().png()],
    ['palette PNG', () => quarters().png({ palette: true, colours: 8 })],
    ['16-bit PNG', () => quarters().toColourspace('rgb16').png()],
    ['WebP', () => quarters().webp({ lossless: true })],
    ['AVIF', () => quarters().avif({ quality: 100, chromaSubsampling: '4:4:4' })],
    ['TIFF', () => quarters().tiff({ compression: 'lzw' })],
    ['GIF', () => quarters().gif()],
    ['JPEG', () => quarters().jpeg({ quality: 100, chromaSubsampling: '4:4:4' })],
  ])('reads %s', async (_, encode) => {
    const image = await read(await encode().toBuffer())
    expect([image.width, image.height]).toEqual([24, 16])
    expect(corners(image)).toBe(upright)
  })

  test('reads grey pictures as grey in all three channels', async () => {
    const grey = await sharp({
      create: { width: 5, height: 4, channels: 3, background: '#646464' },
    })
      .greyscale()
      .png()
      .toBuffer()
    const image = await read(grey)
    expect([image.width, image.height]).toEqual([5, 4])
    const values = new Set(image.data)
    expect(values).toEqual(new Set([100]))
  })

  test('keeps the alpha of a transparent WebP', async () => {
    const create = { width: 6, height: 4, channels: 4 as const, background: '#ff000080' }
    const image = await read(await sharp({ create }).webp({ lossless: true }).toBuffer())
    expect(image.channels).toBe(4)
    expect([...image.data.subarray(0, 4)]).toEqual([255, 0, 0, 128])
  })

  test('converts a colour profile: a Display P3 red is more than sRGB can show', async () => {
    const p3 = await sharp({ create: { width: 4, height: 4, channels: 3, background: '#c86432' } })
      .withIccProfile('p3')
      .png()
      .toBuffer()
    const [red, green, blue] = pixel(await read(p3), 1, 1)
    expect(Math.abs(red! - 200)).toBeLessThanOrEqual(3)
    expect(Math.abs(green! - 100)).toBeLessThanOrEqual(3)
    expect(Math.abs(blue! - 50)).toBeLessThanOrEqual(3)
    // Without its profile the file holds other samples, so the profile was not just ignored.
    const stored = await sharp(p3).metadata()
    expect(stored.icc?.length).toBeGreaterThan(100)
  })

  test.each([
    [1, 1],
    [3, 5000],
  ])('reads %i×%i pixels', async (width, height) => {
    const create = { width, height, channels: 3 as const, background: '#123456' }
    const image = await read(await sharp({ create }).png().toBuffer())
    expect([image.width, image.height, image.data.length]).toEqual([
      width,
      height,
      width * height * 3,
    ])
  })

  test('takes a path, URL, Buffer, ArrayBuffer, streams and pixels to the same picture', async () => {
    const path = samplePhoto(1)
    const bytes = await readFile(path)
    const expected = await read(path)
    const sources: NodeImageSource[] = [
      pathToFileURL(path),
      pathToFileURL(path).href,
      bytes,
      new Uint8Array(bytes).buffer,
      createReadStream(path),
      Readable.toWeb(createReadStream(path)),
      expected,
    ]
    for (const source of sources) {
      const image = await read(source)
      expect([image.width, image.height]).toEqual([1920, 1280])
      expect(Buffer.compare(Buffer.from(image.data), expected.data as Uint8Array)).toBe(0)
    }
  })

  test('reads files whose names look like options, URLs or patterns', async () => {
    const bytes = await quarters().png().toBuffer()
    for (const name of [
      'photo[page=1].png',
      'a b;$(x).png',
      '-n.png',
      '日本.png',
      '*.png',
      'a\nb.png',
    ]) {
      const path = join(folder, name)
      await writeFile(path, bytes)
      expect((await read(path)).width).toBe(24)
    }
  })
})

test.each([
  ['stream', () => new Readable({ read: () => {} })],
  ['web stream', () => new ReadableStream()],
])('reading a %s that never ends stops when it is told to', async (_name, stalled) => {
  const reading = readImage(stalled(), { signal: AbortSignal.timeout(20) })
  await expect(reading).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('an address of the network in a string is told apart from a path', async () => {
  const reading = readImage('https://example.org/photo.jpg', {})
  await expect(reading).rejects.toThrow(/only file: and data: URLs are read/)
})

describe('readImage says what is wrong with', () => {
  const failure = async (source: NodeImageSource, pixelLimit = limit): Promise<string> => {
    const error = await readImage(source, { pixelLimit }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(ImageReadError)
    return (error as ImageReadError).message
  }

  test('an empty file', async () => {
    const path = join(folder, 'empty.jpg')
    await writeFile(path, '')
    expect(await failure(path)).toMatch(/empty\.jpg.*empty \(0 bytes\)/)
  })

  test('a truncated JPEG', async () => {
    const bytes = await readFile(samplePhoto(2))
    expect(await failure(bytes.subarray(0, bytes.length / 3))).toMatch(/damaged or cut short/)
  })

  test('text with the name of a picture', async () => {
    const path = join(folder, 'text.jpg')
    await writeFile(path, 'This is no picture at all.'.repeat(100))
    expect(await failure(path)).toMatch(/text\.jpg.*not a picture in a known format \(JPEG, PNG/)
  })

  test('a decompression bomb, before it is decoded', async () => {
    const create = { width: 12_000, height: 12_000, channels: 3 as const, background: '#000000' }
    const bomb = await sharp({ create, limitInputPixels: false })
      .png({ compressionLevel: 9 })
      .toBuffer()
    expect(bomb.length).toBeLessThan(1_000_000)
    expect(await failure(bomb)).toMatch(
      /12000×12000 pixels, more than the limit of 10000000.*pixelLimit/,
    )
  })

  test('an SVG, which can load files', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    expect(await failure(Buffer.from(svg))).toMatch(/svg pictures are not read/)
  })

  test('a missing path, a directory and a file taken for a folder', async () => {
    expect(await failure(join(folder, 'missing.jpg'))).toMatch(/there is no such file/)
    expect(await failure(folder)).toMatch(/it is a directory/)
    const file = join(folder, 'file')
    await writeFile(file, 'x')
    expect(await failure(join(file, 'photo.jpg'))).toMatch(/is not a directory/)
  })

  test('a URL that is not of a file', async () => {
    expect(await failure(new URL('https://example.com/a.jpg'))).toMatch(/only file: and data: URLs/)
  })

  test('a directory without rights', async () => {
    const closed = join(folder, 'closed')
    await mkdir(closed)
    await writeFile(join(closed, 'photo.png'), await quarters().png().toBuffer())
    await chmod(closed, 0o000)
    // Root may read everything, so a process of its own steps down to nobody before it tries.
    const script = `import { readImage } from ${JSON.stringify(new URL('../src/read-image.ts', import.meta.url).href)}
      if (process.getuid() === 0) process.seteuid(65534)
      readImage(${JSON.stringify(join(closed, 'photo.png'))}, {}).catch((error) => process.stdout.write(error.message))`
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--conditions=@retinaface/source', '--import', 'tsx', '--input-type=module', '-e', script],
      { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
    )
    await chmod(closed, 0o700)
    expect(stdout, stderr).toMatch(/permission denied\. Check the rights/)
  })

  test('something that is no picture source, by its type', async () => {
    const wrong = 42 as unknown as NodeImageSource
    await expect(read(wrong)).rejects.toThrow(InvalidArgumentError)
    await expect(read(wrong)).rejects.toThrow(/Expected a path, file: or data: URL, Buffer/)
  })
})

describe('a shrink plan', () => {
  const sizeFor = ({ width, height }: ImageSize) => ({
    width: Math.round(width / 5),
    height: Math.round(height / 5),
  })
  const fifth = { sizeFor, keepWhole: false }
  const nothing = { sizeFor: () => undefined, keepWhole: true }

  /** What the pixels are, in short: comparing millions of them takes the test runner minutes. */
  const samples = (image: PixelImage | ShrunkenImage): string[] => {
    const images = 'pixels' in image ? [image.pixels, image.whole] : [image]
    return images.flatMap((one) =>
      one ? [createHash('sha256').update(one.data).digest('hex')] : [],
    )
  }

  test.each(['jpeg', 'png', 'webp', 'avif', 'tiff'] as const)(
    'a %s on its side is read in a fifth of its size, upright, and says how large it is',
    async (format) => {
      const { data, ...raw } = await read(samplePhoto(2))
      const picture = await sharp(data, { raw })
        .withMetadata({ orientation: 6 })
        .toFormat(format)
        .toBuffer()
      const upright = { width: raw.height, height: raw.width }
      const whole = await readImage(picture, { pixelLimit: limit, shrink: nothing })
      expect(whole).toMatchObject(upright)
      const shrunken = await readImage(picture, { pixelLimit: limit, shrink: fifth })
      expect(shrunken).toMatchObject({ ...upright, pixels: sizeFor(upright) })
      expect(shrunken).not.toHaveProperty('whole')
      const both = { sizeFor, keepWhole: true }
      const beside = await readImage(picture, { pixelLimit: limit, shrink: both })
      expect(samples(beside)).toEqual([...samples(shrunken), ...samples(whole)])
      const { pixels } = shrunken as ShrunkenImage
      const expected = resizeImage(whole as PixelImage, pixels.width, pixels.height)
      const distances = Array.from(expected.data, (v, i) => Math.abs(v - pixels.data[i]!))
      expect(distances.reduce((sum, v) => sum + v) / distances.length).toBeLessThan(4)
    },
  )

  test.each([
    ['jpeg', 1920, 1367, 640, 455],
    ['jpeg', 1367, 1920, 455, 640],
    ['jpeg', 2003, 1501, 400, 299],
    ['jpeg', 2051, 1029, 205, 102],
    ['webp', 1920, 1367, 640, 455],
    ['png', 1920, 1367, 640, 455],
  ] as const)(
    'everything in a %s of %i×%i stays within a pixel of its place in %i×%i',
    async (format, width, height, toWidth, toHeight) => {
      const encoded = await ramps(width, height).toFormat(format, lossless[format]).toBuffer()
      const plan = { sizeFor: () => ({ width: toWidth, height: toHeight }), keepWhole: false }
      const { pixels } = (await readImage(encoded, {
        pixelLimit: limit,
        shrink: plan,
      })) as ShrunkenImage
      expect([pixels.width, pixels.height]).toEqual([toWidth, toHeight])
      const { columns, rows } = placesIn(pixels)
      for (const shift of [...shiftsOfEnds(columns), ...shiftsOfEnds(rows)]) {
        expect(Math.abs(shift)).toBeLessThan(1)
      }
    },
  )

  test('raw pixels come back as they are, and refused pictures stay refused', async () => {
    const image = await read(samplePhoto(1))
    expect((await readImage(image, { pixelLimit: limit, shrink: fifth })) === image).toBe(true)
    const damaged = (await readFile(samplePhoto(1))).subarray(0, 5000)
    await expect(readImage(damaged, { pixelLimit: limit, shrink: fifth })).rejects.toThrow(
      ImageReadError,
    )
    const large = readImage(samplePhoto(1), { pixelLimit: 1000, shrink: fifth })
    await expect(large).rejects.toThrow(/more than the limit of 1000/)
  })
})
