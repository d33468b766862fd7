import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { describe, expect, test } from 'vitest'
import type { Box } from '../../src/face/face.ts'
import { hideFaces } from '../../src/hide/hide-faces.ts'
import { HIDE_STYLES, type HideStyle } from '../../src/hide/hide-options.ts'
import type { DeepPixelImage, PixelImage } from '../../src/image/pixel-image.ts'

const width = 160
const height = 120
const box: Box = [50, 35, 109, 84]

/** Noise, so that every pixel that is changed shows; opaque. */
function noise(channels: 1 | 3 | 4): PixelImage {
  let state = 1
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => {
    state = (state * 48271) % 2147483647
    return channels === 4 && i % 4 === 3 ? 255 : state % 256
  })
  return { data, width, height, channels }
}

/** Distance of a pixel from the centre of {@link box}, 1 on the ellipse through its corners. */
function distance(i: number): number {
  const [x, y] = [(i % width) + 0.5, Math.floor(i / width) + 0.5]
  return Math.hypot((x - 79.5) / 29.5, (y - 59.5) / 24.5) / Math.SQRT2
}

type Samples = PixelImage['data']

const isSame = (a: Samples, b: Samples) => Buffer.from(a).equals(Buffer.from(b))

/** How many colours there are inside a box. */
function countColors(
  { data, width: columns, channels }: PixelImage,
  [x1, y1, x2, y2]: Box,
): number {
  const colors = new Set<number>()
  for (let y = y1; y < y2; y++) {
    for (let x = x1; x < x2; x++) colors.add(data[(y * columns + x) * channels]!)
  }
  return colors.size
}

describe.each(HIDE_STYLES)('%s', (style) => {
  test.each([1, 3, 4] as const)('covers the ellipse and nothing else, %i channels', (channels) => {
    const image = noise(channels)
    const original = image.data.slice()
    const hidden = hideFaces(image, [{ box }], { style, margin: 0.1 })
    expect(isSame(image.data, original)).toBe(true)
    const count = { inside: 0, changedInside: 0, changedOutside: 0, changedAlpha: 0 }
    for (let i = 0; i < width * height; i++) {
      const differs = image.data[i * channels] !== hidden.data[i * channels]
      if (distance(i) < 1.1) count.inside += 1
      if (distance(i) < 1.1 && differs) count.changedInside += 1
      if (distance(i) > 1.1 * 1.2 + 0.01 && differs) count.changedOutside += 1
      if (channels === 4 && hidden.data[i * 4 + 3] !== 255) count.changedAlpha += 1
    }
    expect(count).toMatchObject({ changedOutside: 0, changedAlpha: 0 })
    expect(count.changedInside / count.inside).toBeGreaterThan(0.97)
  })

  test('leaves no detail of a face of any size, at the border too', () => {
    for (const face of [
      [20, 20, 28, 30],
      [50, 35, 109, 84],
      [-40, 30, 4, 90],
    ] as const) {
      const hidden = hideFaces(noise(1), [{ box: face }], { style })
      const [x1, y1, x2, y2] = face
      expect(roughness(hidden, [Math.max(0, x1), y1, x2, y2])).toBeLessThan(8)
    }
  })

  test('a box outside the picture changes nothing', () => {
    const image = noise(3)
    const hidden = hideFaces(image, [{ box: [500, 500, 600, 600] }], { style })
    expect(isSame(hidden.data, image.data)).toBe(true)
  })

  test('faces of thousands of pixels keep no stripes of twenty', () => {
    const [columns, rows] = [4300, 60]
    const data = Uint8Array.from({ length: columns * rows }, (_, i) => ((i / 20) % 2 < 1 ? 0 : 255))
    const image: PixelImage = { data, width: columns, height: rows, channels: 1 }
    const hidden = hideFaces(image, [{ box: [150, -1970, 4150, 2030] }], { style })
    expect(roughness(hidden, [200, 10, 4100, 50])).toBeLessThan(1)
  })
})

/** The mean difference of neighbours in a row. */
function roughness({ data, width: columns }: PixelImage, [x1, y1, x2, y2]: Box): number {
  let sum = 0
  for (let y = y1; y < y2; y++) {
    for (let x = x1 + 1; x < x2; x++) {
      sum += Math.abs(data[y * columns + x]! - data[y * columns + x - 1]!)
    }
  }
  return sum / ((x2 - x1 - 1) * (y2 - y1))
}

test('pixelate leaves nine blocks, blur is the default', () => {
  const image = noise(1)
  const ramp = { ...image, data: image.data.map((_, i) => (i % width) + i / width / 2) }
  expect(countColors(hideFaces(ramp, [{ box }], { style: 'pixelate' }), box)).toBe(9)
  const said = hideFaces(image, [{ box }], { style: 'blur', margin: 0.3 })
  expect(isSame(hideFaces(image, [{ box }]).data, said.data)).toBe(true)
})

test('blur runs from the colours of one side of the head to those of the other', () => {
  const side = 300
  const data = Uint8Array.from({ length: side * side }, (_, i) => (i % side < side / 2 ? 0 : 255))
  const image: PixelImage = { data, width: side, height: side, channels: 1 }
  const hidden = hideFaces(image, [{ box: [75, 75, 225, 225] }], { style: 'blur' })
  const middle = [...hidden.data.subarray(150 * side + 75, 150 * side + 225)]
  expect(middle).toEqual(middle.toSorted((a, b) => a - b))
  expect(middle[0]).toBeLessThan(125)
  expect(middle.at(-1)).toBeGreaterThan(130)
})

test('rows may be padded and the pixels may lie in any buffer', () => {
  const image = noise(3)
  const rowStride = width * 3 + 5
  const padded = Buffer.alloc(rowStride * height, 7)
  for (let y = 0; y < height; y++) {
    padded.set(image.data.subarray(y * width * 3, (y + 1) * width * 3), y * rowStride)
  }
  const hidden = hideFaces({ ...image, data: padded, rowStride }, [{ box }])
  expect(isSame(hidden.data, hideFaces(image, [{ box }]).data)).toBe(true)
})

test('colours under wholly transparent pixels are cleared, under translucent ones hidden', () => {
  const image = noise(4)
  for (let i = 0; i < width * height; i++) image.data[i * 4 + 3] = [0, 16, 255][i % 3]!
  const hidden = hideFaces(image, [{ box }])
  const pixels = [...Array(width * height).keys()]
  const alphas = (data: Samples) => pixels.map((i) => data[i * 4 + 3]!)
  expect(alphas(hidden.data).join()).toBe(alphas(image.data).join())
  const cleared = pixels
    .filter((i) => i % 3 === 0)
    .map((i) => hidden.data.subarray(i * 4, i * 4 + 3))
  expect(Math.max(...cleared.map((colors) => Math.max(...colors)))).toBe(0)
  const pixelated = hideFaces(image, [{ box }], { style: 'pixelate' }).data
  const face = pixels.filter((i) => i % 3 === 1 && distance(i) < 1)
  expect(new Set(face.map((i) => pixelated[i * 4]!)).size).toBeLessThanOrEqual(9)
})

test('wrong options and faces without a box are named', () => {
  const image = noise(3)
  const hide =
    (options: object, face: object = { box }) =>
    () =>
      hideFaces(image, [face as { box: Box }], options)
  expect(hide({ style: 'gaussian' as HideStyle })).toThrow(InvalidArgumentError)
  expect(hide({ style: 'gaussian' })).toThrow('one of blur, pixelate, solid')
  expect(hide({ margin: -1 })).toThrow('a number from 0 to 10')
  expect(hide({ blocks: 3 })).toThrow('no others than style, margin')
  expect(hide({}, {})).toThrow('four finite numbers')
  expect(hide({}, { box: [0, 0, Number.NaN, 1] })).toThrow('four finite numbers')
})

describe('16 bits a sample', () => {
  const deep = (image: PixelImage): DeepPixelImage => {
    return { ...image, data: Uint16Array.from(image.data, (sample) => sample * 257) }
  }

  test.each(HIDE_STYLES)('%s covers what it covers of 8 bits, as finely as 16 allow', (style) => {
    const image = noise(4)
    const shallow = hideFaces(image, [{ box }], { style }).data
    const { data } = hideFaces(deep(image), [{ box }], { style })
    expect(data).toBeInstanceOf(Uint16Array)
    const apart = Array.from(data, (sample, i) => Math.abs(sample / 257 - shallow[i]!))
    expect(Math.max(...apart)).toBeLessThan(1)
    const isKept = [...image.data.keys()].filter((i) => distance(i >> 2) > 1.6)
    expect(isKept.every((i) => data[i] === image.data[i]! * 257)).toBe(true)
  })

  test('colours are cleared where 8 bits show nothing', () => {
    const image = deep(noise(4))
    const pixels = [...Array(width * height).keys()]
    for (const i of pixels) image.data[i * 4 + 3] = [0, 0xff, 0x100][i % 3]!
    const { data } = hideFaces(image, [])
    const isCleared = (i: number) => data.subarray(i * 4, i * 4 + 3).every((color) => color === 0)
    expect(pixels.filter(isCleared)).toEqual(pixels.filter((i) => i % 3 < 2))
  })

  test('a picture whose data is too short is refused', () => {
    const image = { ...deep(noise(1)), height: height + 1 }
    expect(() => hideFaces(image, [{ box }])).toThrow(/holds 19200/)
  })
})
