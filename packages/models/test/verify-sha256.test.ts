import { fc, test } from '@fast-check/vitest'
import { ModelLoadError } from '@retinaface/core'
import { afterEach, describe, expect, vi } from 'vitest'
import { sha256 } from '../scripts/sha256.ts'
import { verifySha256 } from '../src/index.ts'

// The first example of FIPS 180-2.
const abc = new Uint8Array([0x61, 0x62, 0x63])
const abcSum = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

describe('verifySha256', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  test('accepts the standard’s own example, in capitals too', async () => {
    await expect(verifySha256(abc, abcSum, 'abc')).resolves.toBeUndefined()
    await expect(verifySha256(abc, abcSum.toUpperCase(), 'abc')).resolves.toBeUndefined()
  })

  test.prop([fc.uint8Array({ minLength: 1, maxLength: 500 }), fc.nat(), fc.nat(7)])(
    'refuses bytes of which one bit is flipped',
    async (bytes, at, bit) => {
      const expected = sha256(bytes)
      const damaged = new Uint8Array(bytes)
      await verifySha256(damaged, expected, 'whole')
      damaged[at % bytes.length]! ^= 1 << bit
      await expect(verifySha256(damaged, expected, 'damaged')).rejects.toBeInstanceOf(
        ModelLoadError,
      )
    },
  )

  test('says what was expected, what came and what to do', async () => {
    await expect(verifySha256(abc, '0'.repeat(64), 'mnet025')).rejects.toThrow(
      `The model mnet025 is not the expected file: expected SHA-256 ${'0'.repeat(64)} but its 3 bytes have ${abcSum}. It is damaged or was replaced; install it again.`,
    )
  })

  test('says so where the browser computes no sums', async () => {
    vi.stubGlobal('crypto', {})
    await expect(verifySha256(abc, abcSum, 'abc')).rejects.toThrow(/secure contexts only.*HTTPS/)
  })
})
