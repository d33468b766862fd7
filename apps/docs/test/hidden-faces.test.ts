import sharp from 'sharp'
import { expect, test } from 'vitest'
import { samplePhoto } from './support/sample-photo.ts'
import { visit } from './support/visit.ts'

const [width, height] = [480, 460]
const striped = 6

/**
 * A face whose box reaches over the left border by a tenth of the face, with a border of black and white
 * pixels in turns: what is left of them after hiding is what is left of the face.
 */
async function faceAtTheBorder(alpha: number): Promise<Buffer> {
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
function contrast(canvas: HTMLCanvasElement): number {
  const [columns, rows] = [6, 150]
  const { data } = canvas.getContext('2d')!.getImageData(0, 150, columns, rows)
  let sum = 0
  for (let pixel = 0; pixel < columns * rows; pixel++) {
    if (pixel % columns > 0) sum += Math.abs(data[pixel * 4]! - data[pixel * 4 - 4]!)
  }
  return sum / ((columns - 1) * rows)
}

/** The lowest alpha of all pixels. */
function lowestAlpha(canvas: HTMLCanvasElement): number {
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
  return data.reduce((lowest, value, i) => (i % 4 === 3 ? Math.min(lowest, value) : lowest), 255)
}

test.for([
  ['an opaque', 255],
  ['a translucent', 200],
] as const)(
  'at the border of %s picture a face is hidden as it is elsewhere',
  async ([, alpha]) => {
    const seen = await visit('/examples/blur', { sample: 6 })
    await seen.statusLike(/^4 faces hidden/)
    const buffer = await faceAtTheBorder(alpha)
    await seen.page.setInputFiles('.example-file input', {
      name: 'border.png',
      mimeType: 'image/png',
      buffer,
    })
    await seen.statusLike(/^1 face hidden/)
    const canvas = seen.page.locator('.example-picture')
    for (const style of ['blur', 'pixelate', 'fill']) {
      await seen.page.getByLabel('Style').selectOption(style)
      expect(await canvas.evaluate(contrast), style).toBeLessThan(8)
      expect(await canvas.evaluate(lowestAlpha), style).toBe(alpha)
    }
    await seen.close()
  },
)
