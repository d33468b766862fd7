import { crc32 as zlibCrc32 } from 'node:zlib'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { crc32 } from '../../src/weights/crc32.ts'
import { decodeHalf } from '../../src/weights/decode-half.ts'

describe('CRC-32', () => {
  it('has the check value of its definition', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  })

  test.prop({ bytes: fc.uint8Array() })('is that of zlib', ({ bytes }) => {
    expect(crc32(bytes)).toBe(zlibCrc32(bytes))
  })
})

describe('half precision', () => {
  it('is decoded exactly for all 65,536 patterns', () => {
    const halves = Uint16Array.from({ length: 65536 }, (_, pattern) => pattern)
    const decoded = decodeHalf(halves)
    // The same bits in single precision are too small by 2^112, the difference of the exponents' biases.
    const bits = Uint32Array.from(halves, (half) => (half & 0x7fff) << 13)
    const singles = new Float32Array(bits.buffer)
    halves.forEach((half, i) => {
      const sign = half & 0x8000 ? -1 : 1
      const exponent = (half >> 10) & 31
      const special = half & 0x3ff ? Number.NaN : sign * Number.POSITIVE_INFINITY
      const expected = exponent === 31 ? special : sign * singles[i]! * 2 ** 112
      if (!Object.is(decoded[i], expected)) expect([half, decoded[i]]).toEqual([half, expected])
    })
  })
})
