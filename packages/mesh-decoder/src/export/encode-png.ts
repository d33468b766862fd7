import { checkPixelImage, type PixelImage } from '../raster/pixel-image.ts'
import { crc32 } from '../weights/crc32.ts'
import { asciiBytes, concatBytes } from './bytes.ts'

/** PNG's codes for 1, 3 and 4 channels. */
const COLOR_TYPES = { 1: 0, 3: 2, 4: 6 } as const

/** Most bytes of a stored deflate block. */
const BLOCK = 65535

/**
 * A PNG file of a picture, its pixels stored rather than compressed: for textures where no encoder of
 * the platform is at hand, at the price of size.
 *
 * @throws InvalidArgumentError if the picture's size and data do not agree.
 */
export function encodePng(image: PixelImage): Uint8Array {
  checkPixelImage('image.data', image)
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, image.width)
  view.setUint32(4, image.height)
  header.set([8, COLOR_TYPES[image.channels]], 8)
  return concatBytes([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', storedZlib(unfilteredRows(image))),
    chunk('IEND', new Uint8Array(0)),
  ])
}

/** Rows of samples, each after a zero: filter "none". */
function unfilteredRows(image: PixelImage): Uint8Array {
  const { data, width, height, channels, rowStride = width * channels } = image
  const bytes = new Uint8Array(height * (1 + width * channels))
  for (let row = 0; row < height; row++) {
    const from = row * rowStride
    bytes.set(data.subarray(from, from + width * channels), row * (1 + width * channels) + 1)
  }
  return bytes
}

function storedZlib(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)]
  for (let at = 0; at < bytes.length; at += BLOCK) {
    const block = bytes.subarray(at, at + BLOCK)
    const isLast = at + BLOCK >= bytes.length ? 1 : 0
    const size = block.length
    parts.push(Uint8Array.of(isLast, size & 255, size >> 8, ~size & 255, (~size >> 8) & 255), block)
  }
  return concatBytes([...parts, bigEndian(adler32(bytes))])
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = concatBytes([asciiBytes(type), data])
  return concatBytes([bigEndian(data.length), body, bigEndian(crc32(body))])
}

function adler32(bytes: Uint8Array): number {
  let a = 1
  let b = 0
  for (let i = 0; i < bytes.length; i++) {
    a = (a + bytes[i]!) % 65521
    b = (b + a) % 65521
  }
  return ((b << 16) | a) >>> 0
}

function bigEndian(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}
