import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { outputName } from '../../src/pictures/output-name.ts'
import { runCli } from '../run-cli.ts'
import { temporaryFolder } from '../sample-pictures.ts'

/** Four quarters in red, green, blue and white, 96×64. */
const quarters = fileURLToPath(new URL('../../../../fixtures/quarters.heic', import.meta.url))

let folder: string
let photos: string
const at = (name: string) => join(folder, name)
const visible = async (name: string) =>
  (await readdir(at(name))).filter((each) => !each.startsWith('.')).sort()

beforeAll(async () => {
  folder = await temporaryFolder()
  photos = at('photos')
  await mkdir(photos)
  await copyFile(quarters, join(photos, 'IMG_1.HEIC'))
  // Phones write such pairs.
  await sharp({ create: { width: 8, height: 8, channels: 3, background: '#888' } })
    .jpeg()
    .toFile(join(photos, 'IMG_1.jpg'))
})

describe('blur of HEIC', () => {
  test('writes a JPEG of the same picture, and says so', async () => {
    const { code, stderr } = await runCli(['blur', photos, '--output', at('out')])
    expect([code, await visible('out')]).toEqual([0, ['IMG_1.HEIC.jpg', 'IMG_1.jpg']])
    expect(stderr).toContain('IMG_1.HEIC: HEIC cannot be written, so it is the JPEG IMG_1.HEIC.jpg')
    const written = sharp(at('out/IMG_1.HEIC.jpg'))
    expect(await written.metadata()).toMatchObject({ format: 'jpeg', width: 96, height: 64 })
    const { data, info } = await written.raw().toBuffer({ resolveWithObject: true })
    const colours = [16, 48].flatMap((y) =>
      [24, 72].map((x) => {
        const start = info.channels * (y * 96 + x)
        return [...data.subarray(start, start + 3)].map((v) => (v > 127 ? 1 : 0)).join('')
      }),
    )
    expect(colours).toEqual(['100', '010', '001', '111'])
  })

  test('is done once with --resume', async () => {
    const { stderr } = await runCli(['blur', photos, '--output', at('out'), '--resume'])
    expect(stderr).toContain('0 done, 0 failed, 2 skipped')
  })

  test('from standard input is a JPEG too', () => {
    const piped = { file: '-', outputPath: 'stdin', source: new Uint8Array() }
    expect(outputName(piped, { format: 'jpeg', isHeic: true })).toBe('stdin.jpg')
  })
})

test.each([
  ['detect', ['--annotate']],
  ['align', ['--output']],
  ['mesh', ['--overlay', '--output']],
])('%s reads HEIC', async (command, options) => {
  const { code, stderr } = await runCli([command, photos, ...options, at(command)])
  expect([stderr, code]).toEqual([expect.stringMatching(/^2 done, 0 failed, 0 faces/), 0])
  for (const name of await visible(command)) {
    if (!/\.jpg$/.test(name)) continue
    expect((await sharp(at(join(command, name))).metadata()).format, name).toBe('jpeg')
  }
})
