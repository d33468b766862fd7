import type { PixelImage } from '@retinaface/core'
import { describe, expect, test } from 'vitest'
import { HIDE_STYLES, hideFaces } from '../../src/pictures/hide-faces.ts'

const width = 120
const height = 90
const box = [30, 20, 89, 69] as const

/** Noise, so that every pixel that is changed shows. */
function noise(channels: 1 | 3 | 4): PixelImage {
  let state = 1
  const data = Uint8Array.from({ length: width * height * channels }, () => {
    state = (state * 48271) % 2147483647
    return state % 256
  })
  return { data, width, height, channels }
}

/** Squared distance from the ellipse's centre, 1 on an ellipse that fits the box. */
function distance(x: number, y: number): number {
  return Math.hypot((x - 59.5) / 29.5, (y - 44.5) / 24.5)
}

describe.each(HIDE_STYLES)('%s', (style) => {
  test.each([1, 3, 4] as const)('changes the ellipse only, with %i channels', async (channels) => {
    const image = noise(channels)
    const original = image.data.slice()
    const hidden = await hideFaces(image, [{ box }], style, 0.2)
    expect(image.data).toEqual(original)
    let changed = 0
    let inside = 0
    for (let i = 0; i < width * height; i++) {
      const away = distance(i % width, Math.floor(i / width))
      const differs = image.data[i * channels] !== hidden.data[i * channels]
      if (away > 1.2 * 1.08 + 0.01) expect(differs).toBe(false)
      if (away < 1.2) inside += 1
      if (away < 1.2 && differs) changed += 1
      if (channels === 4) expect(hidden.data[i * 4 + 3]).toBe(image.data[i * 4 + 3])
    }
    expect(changed / inside).toBeGreaterThan(0.97)
  })

  test('leaves next to nothing of the detail inside, whatever the size of the face', async () => {
    const image = noise(1)
    for (const side of [12, 30, 60]) {
      const square = [20, 10, 20 + side, 10 + side] as const
      const { data } = await hideFaces(image, [{ box: square }], style, 0.2)
      const values = new Set<number>()
      for (let y = 0; y < side * 0.6; y++) {
        for (let x = 0; x < side * 0.6; x++) {
          values.add(
            data[(10 + Math.round(side * 0.2) + y) * width + 20 + Math.round(side * 0.2) + x]!,
          )
        }
      }
      expect(values.size).toBeLessThan(40)
    }
  })

  test('leaves the picture that it is given as it was, in whatever memory', async () => {
    const image = { ...noise(3), data: Buffer.from(Uint8Array.from(noise(3).data)) }
    await hideFaces(image, [{ box }], style, 0.2)
    expect([...image.data]).toEqual([...noise(3).data])
  })

  test('hides faces of thousands of pixels as well as small ones', async () => {
    const image = {
      data: new Uint8Array(4300 * 300),
      width: 4300,
      height: 300,
      channels: 1,
    } as const
    for (let i = 0; i < image.data.length; i++) image.data[i] = Math.floor(i / 20) % 2 ? 255 : 0
    const hidden = await hideFaces(image, [{ box: [150, 0, 4150, 4000] }], style, 0.2)
    const centre = Array.from({ length: 500 }, (_, x) => hidden.data[200 * 4300 + 1900 + x]!)
    expect(Math.max(...centre) - Math.min(...centre)).toBeLessThan(10)
  })

  test('takes faces that reach over the edge or lie outside', async () => {
    const image = noise(3)
    const faces = [{ box: [-40, -40, 10, 10] as const }, { box: [500, 500, 600, 600] as const }]
    const hidden = await hideFaces(image, faces, style, 0.2)
    expect(hidden.data.length).toBe(image.data.length)
    expect(hidden.data).not.toEqual(image.data)
  })
})

test.each([1, 3] as const)(
  'gaussian blurs where the face is, with %i channels',
  async (channels) => {
    for (const side of [60, 600]) {
      const data = Uint8Array.from({ length: side * side * channels }, (_, i) => {
        return Math.floor(i / channels) % side < side / 2 ? 0 : 255
      })
      const image = { data, width: side, height: side, channels }
      const hidden = await hideFaces(image, [{ box: [0, 0, side, side] }], 'gaussian', 0.2)
      const row = (x: number) => hidden.data[(Math.round(side / 2) * side + x * side) * channels]!
      expect(row(0.1)).toBeLessThan(90)
      expect(row(0.5)).toBeGreaterThan(100)
      expect(row(0.5)).toBeLessThan(155)
      expect(row(0.9)).toBeGreaterThan(165)
    }
  },
)
