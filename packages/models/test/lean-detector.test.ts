import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { mnet025Lean } from '../src/research.ts'

interface Golden {
  readonly cells: readonly (readonly [row: number, column: number])[]
  readonly values: Readonly<Record<string, readonly (readonly number[])[]>>
}

const path = '../../../fixtures/lean-detector-golden.json'
const golden = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Golden
const [width, height] = [96, 64]

/** The picture that the golden describes, as planes. */
const picture = Float32Array.from({ length: 3 * width * height }, (_, i) => {
  const [channel, at] = [Math.floor(i / (width * height)), i % (width * height)]
  const [x, y] = [at % width, Math.floor(at / width)]
  return (7 * x + 13 * y + 31 * channel + x * y) % 256
})

test('what is built from the package’s backbone and the trained neck says what PyTorch says', async () => {
  const session = await InferenceSession.create(readFileSync(mnet025Lean.url), {
    intraOpNumThreads: 1,
  })
  const data = new Tensor('float32', picture, [1, 3, height, width])
  const outputs = await session.run({ data })
  for (const [stride, cells] of Object.entries(golden.values)) {
    const { dims, data: values } = outputs[`face_rpn_stride${stride}`]!
    expect(dims).toEqual([1, height / Number(stride), width / Number(stride), 30])
    const columns = width / Number(stride)
    golden.cells.forEach(([row, column], i) => {
      const first = (row * columns + column) * 30
      cells[i]!.forEach((expected, k) => {
        expect(Math.abs((values as Float32Array)[first + k]! - expected)).toBeLessThan(1e-4)
      })
    })
  }
  await session.release()
})
