import { writeGlb } from '@retinaface/mesh-decoder'
import { expect, test } from 'vitest'
import { damageBytes, damageJson, fuzzCases, type Random } from '../../../../fixtures/fuzz.ts'
import { AppError } from '../../app/src/content/app-error.ts'
import { readGlb } from '../../app/src/files/read-glb.ts'
import { readResults } from '../../app/src/files/read-results.ts'

const glb = writeGlb({
  positions: Float32Array.of(0, 0, 0, 10, 0, 0, 0, 10, 0, 0, 0, 10),
  colors: Float32Array.of(0, 0, 0, 1, 1, 1, 0.5, 0.25, 0.75, 1, 0, 0),
  triangles: Int32Array.of(0, 1, 2, 0, 2, 3),
})
const length = new DataView(glb.buffer, glb.byteOffset).getUint32(12, true)
const document = JSON.parse(new TextDecoder().decode(glb.subarray(20, 20 + length)))

/** A GLB whose document is damaged as JSON, and with it its bytes now and then. */
function damagedGlb(next: Random): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(damageJson(document, next)))
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(32)
  padded.set(text)
  const bytes = new Uint8Array(20 + padded.length + glb.length - 20 - length)
  bytes.set(glb.subarray(0, 20))
  new DataView(bytes.buffer).setUint32(12, padded.length, true)
  bytes.set(padded, 20)
  bytes.set(glb.subarray(20 + length), 20 + padded.length)
  return next(4) === 0 ? damageBytes(bytes, next) : bytes
}

test(
  'damaged GLB files are read, or are errors that say so',
  async () => {
    for (const next of fuzzCases(5000)) {
      const error = await readGlb(damagedGlb(next), { name: 'a.glb' }).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      if (error !== undefined) expect(error).toBeInstanceOf(AppError)
    }
  },
  Number.POSITIVE_INFINITY,
)

const landmarks = Array.from({ length: 5 }, (_, i) => [i, i])
const entry = {
  file: 'a.jpg',
  width: 40,
  height: 30,
  faces: [{ box: [1, 2, 3, 4], score: 0.9, landmarks }],
}

test(
  'damaged results are read, or are errors that say so',
  () => {
    for (const next of fuzzCases(5000)) {
      const text = JSON.stringify(damageJson([entry, entry], next)) ?? ''
      const damaged = new TextDecoder().decode(
        next(4) === 0
          ? damageBytes(new TextEncoder().encode(text), next)
          : new TextEncoder().encode(text),
      )
      try {
        readResults(damaged, { name: 'a.json' })
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
      }
    }
  },
  Number.POSITIVE_INFINITY,
)
