import { readFile } from 'node:fs/promises'
import { mnet025 } from '@retinaface/models/research'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reuseOutputs } from '../src/reuse-outputs.ts'

const names = ['face_rpn_bbox_pred_stride8', 'face_rpn_bbox_pred_stride16']

function picture(size: number, shade: number): { data: Tensor } {
  const pixels = new Float32Array(3 * size * size).map((_, i) => (i * shade) % 256)
  return { data: new Tensor('float32', pixels, [1, 3, size, size]) }
}

describe('reuseOutputs', () => {
  let session: InferenceSession
  beforeAll(async () => {
    session = await InferenceSession.create(await readFile(mnet025.url))
  })
  afterAll(() => session.release())

  const values = async (run: Promise<Readonly<Record<string, { readonly data: unknown }>>>) => {
    const outputs = await run
    return names.map((name) => outputs[name]!.data as Float32Array)
  }

  test('gives what the session gives, whatever was asked before', async () => {
    const reusing = reuseOutputs(session)
    for (const [size, shade] of [
      [64, 7],
      [64, 11],
      [96, 7],
      [64, 7],
    ] as const) {
      for (const some of [names, names.slice(0, 1), names]) {
        const feeds = picture(size, shade)
        const outputs = await reusing.run(feeds, some)
        expect(Object.keys(outputs).sort()).toEqual(some.toSorted())
        const expected = await session.run(feeds, some)
        for (const name of some) {
          expect(outputs[name]!.dims).toEqual(expected[name]!.dims)
          expect(outputs[name]!.data).toEqual(expected[name]!.data)
        }
      }
    }
  })

  test('a run of the same size writes into the memory of the first, another does not', async () => {
    const reusing = reuseOutputs(session)
    const first = await values(reusing.run(picture(64, 7), names))
    const before = first.map((value) => value.slice())
    await reusing.run(picture(96, 7), names)
    expect(first).toEqual(before)
    const third = await values(reusing.run(picture(64, 7), names))
    await reusing.run(picture(64, 11), names)
    expect(third).toEqual(await values(session.run(picture(64, 11), names)))
    expect(third).not.toEqual(before)
  })

  test('the copies that a run gave are gone with the next', async () => {
    const reusing = reuseOutputs(session)
    await reusing.run(picture(64, 7), names)
    const copies = await values(reusing.run(picture(64, 7), names))
    expect(copies.every(({ length }) => length > 0)).toBe(true)
    const next = await values(reusing.run(picture(64, 11), names))
    expect(copies.map(({ length }) => length)).toEqual([0, 0])
    expect(next).toEqual(await values(session.run(picture(64, 11), names)))
    await reusing.run(picture(96, 11), names)
    expect(next.map(({ length }) => length)).toEqual([0, 0])
  })
})
