import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRetinaFace } from '@retinaface/node'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCodeBlocks } from './support/code-blocks.ts'
import { prepareCode, runCode } from './support/run-code.ts'
import { samplePhoto } from './support/sample-photo.ts'
import { visit } from './support/visit.ts'

interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

const pictures = [
  ['an opaque', 255],
  ['a translucent', 200],
] as const
const striped = 6

let retinaface: Awaited<ReturnType<typeof createRetinaFace>>

beforeAll(async () => {
  retinaface = await createRetinaFace()
})

afterAll(() => retinaface.dispose())

/**
 * A face whose box reaches over the left border by a tenth of the face, with a border of black and white
 * pixels in turns: what is left of them after hiding is what is left of the face.
 */
async function faceAtTheBorder(alpha: number): Promise<Buffer> {
  const [width, height] = [480, 460]
  const part = { left: 1424, top: 300, width, height }
  const data = await sharp(samplePhoto(5)).extract(part).ensureAlpha().raw().toBuffer()
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = data.subarray((y * width + x) * 4)
      if (x < striped) pixel.fill((x + y) % 2 ? 255 : 0, 0, 3)
      pixel[3] = alpha
    }
  }
  return sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()
}

/** The mean difference of neighbours in the border's pixels, in the rows of the face's middle. */
function contrast({ data, width }: Pixels): number {
  const [top, bottom] = [150, 300]
  let sum = 0
  for (let y = top; y < bottom; y++) {
    for (let x = 1; x < striped; x++) {
      const at = (y * width + x) * 4
      sum += Math.abs(data[at]! - data[at - 4]!)
    }
  }
  return sum / ((striped - 1) * (bottom - top))
}

function lowestAlpha({ data, width, height }: Pixels): number {
  let lowest = 255
  for (let i = 3; i < width * height * 4; i += 4) lowest = Math.min(lowest, data[i]!)
  return lowest
}

async function read(picture: Buffer | string): Promise<Pixels> {
  const decoded = sharp(picture).ensureAlpha().raw()
  const { data, info } = await decoded.toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

test.for(pictures)(
  'example: at the border of %s picture a face is hidden as it is elsewhere',
  async ([, alpha]) => {
    const seen = await visit('/examples/blur', { sample: 6 })
    await seen.statusLike(/^4 faces hidden/)
    await seen.page.setInputFiles('.example-file input', {
      name: 'border.png',
      mimeType: 'image/png',
      buffer: await faceAtTheBorder(alpha),
    })
    await seen.statusLike(/^1 face hidden/)
    const canvas = seen.page.locator('.example-picture')
    for (const style of ['blur', 'pixelate', 'solid']) {
      await seen.page.getByLabel('Style').selectOption(style)
      const url = await canvas.evaluate((shown: HTMLCanvasElement) => shown.toDataURL())
      const png = Buffer.from(url.split(',')[1]!, 'base64')
      const found = await retinaface.detect(png, { scoreThreshold: 0.3 })
      // What is taken for a face elsewhere was none before.
      expect(
        found.filter(({ box: [left] }) => left < striped),
        style,
      ).toEqual([])
      const pixels = await read(png)
      expect(contrast(pixels), style).toBeLessThan(8)
      expect(lowestAlpha(pixels), style).toBe(alpha)
    }
    await seen.close()
  },
)

test('recipe: at the border of pictures, translucent ones too, a face is hidden', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'retinaface-hidden-'))
  mkdirSync(join(folder, 'photos'))
  for (const [name, alpha] of pictures) {
    writeFileSync(join(folder, `photos/${name}.png`), await faceAtTheBorder(alpha))
  }
  const recipe = readCodeBlocks().find(({ place }) => place.startsWith('recipes/blur-folder.md'))!
  await prepareCode(folder, [recipe])
  const { stdout } = await runCode(folder, 0)
  expect(stdout).toMatch(/^(an? \w+\.png: 1 hidden\n){2}$/)
  for (const [name] of pictures) {
    const pixels = await read(join(folder, `safe/${name}.png`))
    expect(contrast(pixels), name).toBeLessThan(8)
  }
  rmSync(folder, { recursive: true })
})
