import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { InputConfiguration, PixelImage } from '../../src/index.ts'
import { writeTensor } from '../../src/network/write-tensor.ts'
import { mirror, pixelImages, sampleAt } from '../support/pixel-images.ts'

const inputs: fc.Arbitrary<InputConfiguration> = fc.record({
  name: fc.constant('data'),
  channelOrder: fc.constantFrom('rgb' as const, 'bgr' as const),
  mean: fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
  scale: fc.constantFrom(1, 1 / 128, 0.25),
  sizeMultiple: fc.constant(32),
})
const padding = fc.nat(9)

function writeNaively(
  image: PixelImage,
  { channelOrder, mean, scale }: InputConfiguration,
  width: number,
  height: number,
): number[] {
  const planes = channelOrder === 'rgb' ? ([0, 1, 2] as const) : ([2, 1, 0] as const)
  return planes.flatMap((channel) =>
    Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)]
      const inside = x < image.width && y < image.height
      const source = image.channels === 1 ? 0 : channel
      return ((inside ? sampleAt(image, x, y, source) : 0) - mean[channel]) * scale
    }),
  )
}

function write(image: PixelImage, input: InputConfiguration, right = 0, below = 0, flip = false) {
  const size = { width: image.width + right, height: image.height + below }
  // What an earlier run left in the buffer must not show through.
  const tensor = new Float32Array(3 * size.width * size.height).fill(Number.NaN)
  writeTensor(image, input, size, flip, tensor)
  return { ...size, tensor }
}

function expectClose(got: Float32Array, expected: readonly number[]): void {
  expect(got.length).toBe(expected.length)
  for (let i = 0; i < got.length; i++) {
    if (!(Math.abs(got[i]! - expected[i]!) < 1e-4)) {
      expect.fail(`sample ${i}: expected ${expected[i]} but received ${got[i]}`)
    }
  }
}

describe('writeTensor', () => {
  test.prop([pixelImages(), inputs, padding, padding])(
    'agrees with the definition for every channel order, mean, scale, stride and padding',
    (image, input, right, below) => {
      const { tensor, width, height } = write(image, input, right, below)
      expectClose(tensor, writeNaively(image, input, width, height))
    },
  )

  test.prop([fc.integer({ min: 1, max: 5 }), fc.nat(3), fc.nat(2), fc.nat(8), inputs, padding])(
    'agrees with it where rows are whole words, and where they begin inside of words',
    (quarters, offset, height, paddedBy, input, right) => {
      const width = 4 * quarters
      const rowStride = 3 * width + paddedBy
      const bytes = Uint8Array.from(
        { length: offset + rowStride * (height + 1) },
        (_, i) => i * 37 + 11,
      )
      const image = {
        ...{ data: bytes.subarray(offset), width, height: height + 1, channels: 3 as const },
        rowStride,
      }
      const { tensor, ...size } = write(image, input, right)
      expectClose(tensor, writeNaively(image, input, size.width, size.height))
    },
  )

  test.prop([pixelImages(), inputs, padding, padding])(
    'flip mirrors the picture inside its own width and leaves the padding at the right',
    (image, input, right, below) => {
      const flipped = write(image, input, right, below, true).tensor
      expect(flipped).toEqual(write(mirror(image), input, right, below).tensor)
    },
  )

  test('puts blue first in BGR order and subtracts each channel’s own mean', () => {
    const image: PixelImage = { data: Uint8Array.of(10, 20, 30), width: 1, height: 1, channels: 3 }
    const input = {
      name: 'data',
      channelOrder: 'bgr',
      mean: [1, 2, 3],
      scale: 2,
      sizeMultiple: 1,
    } as const
    expect([...write(image, input).tensor]).toEqual([54, 36, 18])
  })

  test('repeats grey in all planes and ignores alpha', () => {
    const input = {
      name: 'data',
      channelOrder: 'rgb',
      mean: [0, 0, 0],
      scale: 1,
      sizeMultiple: 1,
    } as const
    const grey: PixelImage = { data: Uint8Array.of(7, 9), width: 2, height: 1, channels: 1 }
    expect([...write(grey, input).tensor]).toEqual([7, 9, 7, 9, 7, 9])
    const rgba: PixelImage = { data: Uint8Array.of(1, 2, 3, 99), width: 1, height: 1, channels: 4 }
    expect([...write(rgba, input).tensor]).toEqual([1, 2, 3])
  })
})
