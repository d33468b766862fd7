import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRetinaFace } from '@retinaface/node'
import { encodePicture } from '@retinaface/node/results'
import sharp, { type Sharp } from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CliResult, runCli } from '../run-cli.ts'
import { smallPhoto, temporaryFolder, tinyPicture } from '../sample-pictures.ts'

let folder: string
let result: CliResult

beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(join(folder, 'in'))
  const tiny = await tinyPicture()
  const deflate = { compression: 'deflate' } as const
  const write = (name: string, picture: Sharp) => picture.toFile(join(folder, 'in', name))
  await write('lossless.webp', sharp(tiny).webp({ lossless: true }))
  await write(
    'deep.png',
    sharp(await smallPhoto())
      .toColourspace('rgb16')
      .png(),
  )
  await write('deep.tiff', sharp(tiny).toColourspace('rgb16').tiff(deflate))
  const float = sharp(tiny).pipelineColourspace('scrgb').toColourspace('scrgb')
  await write('float.tiff', float.tiff(deflate))
  const frames = [tiny, await sharp(tiny).negate().toBuffer()]
  await write('moving.gif', sharp(frames, { join: { animated: true } }).gif())
  await write('moving.webp', sharp(frames, { join: { animated: true } }).webp())
  await write('pages.tiff', sharp(frames, { join: { animated: true } }).tiff())
  await write('page.tiff', sharp(tiny).tiff())
  await writeFile(join(folder, 'in/noise.jpg'), tiny)
  await writeFile(join(folder, 'in/clip.mp4'), 'film')
  await write('ghost.png', await withAlpha(16))
  await write('gone.png', await withAlpha(0))
  result = await runCli(['blur', 'in', '--output', 'out', '--quality', '20'], { cwd: folder })
})

/** A photo of three faces under an alpha. */
async function withAlpha(alpha: number): Promise<Sharp> {
  const opaque = sharp(await smallPhoto())
    .ensureAlpha()
    .raw()
  const { data, info } = await opaque.toBuffer({ resolveWithObject: true })
  for (let i = 3; i < data.length; i += 4) data[i] = alpha
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } }).png()
}

const colorsOf = (name: string) => sharp(join(folder, 'out', name)).removeAlpha()

describe('blur', () => {
  test('names what it did not do, and counts it', async () => {
    expect(result.stderr).toMatch(/8 done, 4 failed, \d+ faces/)
    expect(result.code).toBe(1)
    expect(result.stderr).toMatch(/clip\.mp4": it has no index/)
    expect(result.stderr).toMatch(/moving\.gif: It has 2 pages or frames/)
    expect(result.stderr).toMatch(/moving\.webp: It has 2 pages or frames/)
    expect(result.stderr).toMatch(/pages\.tiff: It has 2 pages or frames/)
    const written = (await readdir(join(folder, 'out'))).filter((name) => !name.startsWith('.'))
    expect(written).toEqual([
      ...['deep.png', 'deep.tiff', 'float.tiff', 'ghost.png', 'gone.png'],
      ...['lossless.webp', 'noise.jpg', 'page.tiff'],
    ])
  })

  test('names pictures in which it found nothing', () => {
    for (const name of ['lossless.webp', 'deep.tiff', 'gone.png']) {
      expect(result.stderr).toContain(`${name}: no face was found.`)
    }
    expect(result.stderr).not.toContain('ghost.png: no face')
  })

  test('keeps a lossless WebP lossless, and says what it does not keep', async () => {
    const pixels = (name: string) => sharp(join(folder, name)).raw().toBuffer()
    expect(await pixels('out/lossless.webp')).toEqual(await pixels('in/lossless.webp'))
    expect(result.stderr).toContain('float.tiff: written with 8 bits a sample')
  })

  test('keeps 16 bits a sample where a face is hidden and where none is', async () => {
    const samples = (name: string) =>
      sharp(join(folder, name)).raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true })
    for (const name of ['deep.png', 'deep.tiff']) {
      expect(await sharp(join(folder, 'out', name)).metadata()).toMatchObject({ depth: 'ushort' })
      expect(result.stderr).not.toContain(`${name}: written with 8 bits`)
    }
    expect((await samples('out/deep.tiff')).data).toEqual((await samples('in/deep.tiff')).data)
    const [before, after] = [await samples('in/deep.png'), await samples('out/deep.png')]
    const corner = 6 * before.info.channels
    expect(after.data.subarray(0, corner)).toEqual(before.data.subarray(0, corner))
    expect(after.data).not.toEqual(before.data)
    const retinaface = await createRetinaFace()
    expect(await retinaface.detect(join(folder, 'out/deep.png'), { scoreThreshold: 0.3 })).toEqual(
      [],
    )
    await retinaface.dispose()
  })

  test('hides faces under translucent pixels and clears colours under transparent ones', async () => {
    const { channels } = await sharp(join(folder, 'out/gone.png')).stats()
    expect(channels.map(({ max }) => max)).toEqual([0, 0, 0, 0])
    const retinaface = await createRetinaFace()
    const ghost = await colorsOf('ghost.png').png().toBuffer()
    expect(await retinaface.detect(ghost, { scoreThreshold: 0.3 })).toEqual([])
    await retinaface.dispose()
    expect((await sharp(join(folder, 'out/ghost.png')).stats()).channels[3]!.max).toBe(16)
  })

  test('--quality is that of the encoder', async () => {
    const asItIs = await encodePicture(sharp(join(folder, 'in/noise.jpg')), 'jpeg')
    const { size } = await stat(join(folder, 'out/noise.jpg'))
    expect(size).toBeLessThan(asItIs.length / 2)
  })
})
