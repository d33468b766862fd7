import sharp from 'sharp'
import { expect, test } from 'vitest'
import { readJpegHeader } from '../../src/image/jpeg-header.ts'

const picture = sharp({ create: { width: 37, height: 21, channels: 3, background: '#a84' } })

test.each([{}, { progressive: true }, { chromaSubsampling: '4:4:4' }])(
  'the size of a JPEG with %o',
  async (options) => {
    const bytes = await picture.clone().jpeg(options).toBuffer()
    expect(readJpegHeader(bytes)).toEqual({ width: 37, height: 21, orientation: 1 })
  },
)

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'EXIF orientation %i, behind a colour profile',
  async (orientation) => {
    const bytes = await picture
      .clone()
      .withIccProfile('p3')
      .withMetadata({ orientation })
      .jpeg()
      .toBuffer()
    expect(readJpegHeader(bytes)).toEqual({ width: 37, height: 21, orientation })
  },
)

test('none of another file, of none and of one that is cut short', async () => {
  expect(readJpegHeader(await picture.clone().png().toBuffer())).toBeUndefined()
  expect(readJpegHeader(new Uint8Array())).toBeUndefined()
  const bytes = await picture.clone().jpeg().toBuffer()
  for (let length = 0; length < bytes.length; length += 7) {
    const header = readJpegHeader(bytes.subarray(0, length))
    if (header) expect(header).toEqual({ width: 37, height: 21, orientation: 1 })
  }
})
