import { expect, test } from 'vitest'
import { turnBack, turnImage } from '../../src/image/turn-image.ts'

const [width, height, channels, rowStride] = [3, 2, 3, 11] as const
/** Rows 0 1 2 and 3 4 5, in the first channel; the second and third have twice and thrice as much. */
const image = {
  data: Uint8Array.from({ length: rowStride * height }, (_, i) => {
    const [column, row] = [Math.floor((i % rowStride) / channels), Math.floor(i / rowStride)]
    return column < width ? (row * width + column) * (((i % rowStride) % channels) + 1) : 99
  }),
  ...{ width, height, channels, rowStride },
}

test.each([
  [1, [3, 0, 4, 1, 5, 2], 2],
  [2, [5, 4, 3, 2, 1, 0], 3],
  [3, [2, 5, 1, 4, 0, 3], 2],
] as const)('turned by %i quarters, clockwise', (quarters, expected, columns) => {
  const turned = turnImage(image, quarters)
  expect(turned).toMatchObject({ width: columns, height: 6 / columns, channels })
  expect([...turned.data]).toEqual(expected.flatMap((value) => [value, 2 * value, 3 * value]))
  for (const [i, value] of expected.entries()) {
    const centre = [(i % columns) + 0.5, Math.floor(i / columns) + 0.5] as const
    const [x, y] = turnBack(centre, image, quarters)
    expect([x, y]).toEqual([(value % width) + 0.5, Math.floor(value / width) + 0.5])
  }
})
