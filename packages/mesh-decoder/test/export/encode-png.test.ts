import { inflateSync } from 'node:zlib'
import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { encodePng } from '../../src/export/encode-png.ts'

/** The samples of a PNG without filters, by Node's own inflate, which checks the Adler-32. */
function decode(png: Uint8Array) {
  const view = new DataView(png.buffer)
  const idat = 8 + 25
  const length = view.getUint32(idat)
  const rows = inflateSync(png.subarray(idat + 8, idat + 8 + length))
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const stride = rows.length / height
  const samples = rows.filter((_, i) => i % stride !== 0)
  const filters = rows.filter((_, i) => i % stride === 0)
  return { width, height, samples, filters, colorType: png[25] }
}

test.prop([
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 40 }),
  fc.constantFrom(1, 3, 4),
])('the pixels come back, whatever the size and channels', (width, height, channels) => {
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => i * 7)
  const decoded = decode(encodePng({ data, width, height, channels: channels as 1 | 3 | 4 }))
  expect(decoded).toMatchObject({ width, height, colorType: { 1: 0, 3: 2, 4: 6 }[channels] })
  expect([...decoded.samples]).toEqual([...data])
  expect(decoded.filters.every((filter) => filter === 0)).toBe(true)
})

test('a picture of more than one stored block, of a larger picture, comes back', () => {
  const data = Uint8Array.from({ length: 300 * 200 * 4 }, (_, i) => i % 251)
  const part = {
    data: data.subarray(400),
    width: 150,
    height: 180,
    channels: 4,
    rowStride: 1200,
  } as const
  const { samples } = decode(encodePng(part))
  expect(samples.length).toBe(150 * 180 * 4)
  expect([...samples.subarray(600 * 7, 600 * 8)]).toEqual([
    ...data.subarray(400 + 1200 * 7, 1000 + 1200 * 7),
  ])
})
