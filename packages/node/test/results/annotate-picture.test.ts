import type { Face, PixelImage } from '@retinaface/core'
import { expect, test } from 'vitest'
import { annotatePicture, drawFaces } from '../../src/pictures/annotate-picture.ts'

const face: Face = {
  score: 0.987,
  box: [20, 30, 70, 90],
  landmarks: [
    [35, 50],
    [55, 50],
    [45, 62],
    [37, 75],
    [53, 75],
  ],
  anchor: { stride: 8, row: 0, column: 0, index: 0, centre: [0, 0], size: 16, flipped: false },
}

test.each([1, 3, 4] as const)('draws in colour on %i channels without fonts', async (channels) => {
  const size = { width: 100, height: 120, channels }
  const image: PixelImage = { ...size, data: new Uint8Array(100 * 120 * channels).fill(128) }
  const { data, info } = await annotatePicture(image, [face])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  expect(info).toMatchObject({ width: 100, height: 120, channels: 3 })
  const at = (x: number, y: number) => [...data.subarray((y * 100 + x) * 3, (y * 100 + x) * 3 + 3)]
  const [red = 0, green = 0] = at(20, 60)
  expect(green).toBeGreaterThan(red + 80)
  expect(at(90, 110)).toEqual([128, 128, 128])
})

test('lines and labels grow with the picture, and labels stay inside', () => {
  const strokeOf = (svg: string) => Number(/stroke="#2ef2c2" stroke-width="([\d.]+)"/.exec(svg)![1])
  const large: Face = { ...face, box: [400, 600, 1600, 2000] }
  const small = strokeOf(drawFaces({ width: 400, height: 300 }, [face]))
  expect(strokeOf(drawFaces({ width: 8000, height: 6000 }, [large]))).toBeGreaterThan(5 * small)
  const edge: Face = { ...face, box: [90, 0, 99, 20] }
  const [, x, width] = /<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"[^>]*fill="#2ef2c2"/.exec(
    drawFaces({ width: 100, height: 120 }, [edge]),
  )!
  expect(Number(x) + Number(width)).toBeLessThanOrEqual(100)
})
