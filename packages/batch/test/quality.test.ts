import { type PixelImage, sharpnessOf } from '@retinaface/core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { photo } from './support/pictures.ts'

async function pixels(blur: number): Promise<PixelImage> {
  const image = sharp(await photo()).resize(112, 112)
  const { data, info } = await (blur > 0 ? image.blur(blur) : image)
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: 3 }
}

test('sharpness is the variance of the Laplacian, and falls with blur', async () => {
  const [sharpest, soft, softest] = await Promise.all([0, 1, 3].map(pixels))
  const values = [sharpest!, soft!, softest!].map(sharpnessOf)
  expect(values[0]! / values[1]!).toBeGreaterThan(2)
  expect(values[1]! / values[2]!).toBeGreaterThan(2)
  // The plain way: all values, their mean, and the mean square of what is left.
  const { data, width, height } = soft!
  const grey = (x: number, y: number) => {
    const at = 3 * (y * width + x)
    return 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!
  }
  const all: number[] = []
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const sides = grey(x - 1, y) + grey(x + 1, y) + grey(x, y - 1) + grey(x, y + 1)
      all.push(sides - 4 * grey(x, y))
    }
  }
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length
  expect(values[1]!).toBeCloseTo(variance, 3)
})
