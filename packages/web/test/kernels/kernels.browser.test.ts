import { mnet025Slim } from '@retinaface/models'
import { Tensor } from 'onnxruntime-common'
import { beforeAll, describe, expect, test } from 'vitest'
import { type KernelFiles, loadKernels } from '../../src/kernels/kernel-module.ts'
import { KernelSession } from '../../src/kernels/kernel-session.ts'
import { planSteps } from '../../src/kernels/kernel-steps.ts'
import { createSession } from '../../src/runtime/create-session.ts'
import { wasm } from '../../src/wasm-provider.ts'

const files = wasm.kernels!
const builds: [string, KernelFiles][] = [
  ['the kernels of relaxed SIMD', files],
  ['where that is missing, the kernels of SIMD', { ...files, relaxed: '/missing.wasm' }],
]

let model: Uint8Array
let runtime: Awaited<ReturnType<typeof createSession>>
beforeAll(async () => {
  model = new Uint8Array(await (await fetch(mnet025Slim.url)).arrayBuffer())
  runtime = await createSession(model, wasm, 1)
})

/** Pixels of noise that is the same each time. */
function noise(width: number, height: number): Tensor {
  let state = 1
  const data = Float32Array.from({ length: 3 * width * height }, () => {
    state = (state * 16_807) % 2_147_483_647
    return state % 256
  })
  return new Tensor('float32', data, [1, 3, height, width])
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
}

describe.each(builds)('%s', (_, build) => {
  let session: KernelSession
  beforeAll(async () => {
    session = new KernelSession(planSteps(model), await loadKernels(build))
  })

  test.each([
    [32, 32],
    [96, 32],
    [64, 160],
    [320, 256],
    [32, 32],
  ])('give all outputs of ONNX Runtime for %i×%i pixels', async (width, height) => {
    const feeds = { data: noise(width, height) }
    const expected = await runtime.run(feeds)
    const found = await session.run(feeds, session.outputNames)
    expect(session.outputNames).toEqual(runtime.outputNames)
    for (const name of session.outputNames) {
      expect(found[name]!.dims).toEqual(expected[name]!.dims)
      const numbers = [found, expected].map((all) => all[name]!.data as Float32Array)
      expect(largestDifference(numbers[0]!, numbers[1]!), name).toBeLessThan(1e-4)
    }
  })

  test('give a wanted output alone as they give it with the others', async () => {
    const feeds = { data: noise(96, 96) }
    const all = await session.run(feeds, session.outputNames)
    for (const name of session.outputNames) {
      const alone = await session.run(feeds, [name])
      expect(Object.keys(alone)).toEqual([name])
      expect(alone[name]!.data).toEqual(all[name]!.data)
    }
  })
})

test('the kernels of relaxed SIMD are those that run in this browser', async () => {
  const { kernels } = await loadKernels(files)
  const { kernels: others } = await loadKernels({ ...files, relaxed: '/missing.wasm' })
  expect(Object.keys(kernels).sort()).toEqual(Object.keys(others).sort())
  await WebAssembly.compileStreaming(fetch(files.relaxed))
})

test('a network with other operators is refused by name', async () => {
  const tanh = new Uint8Array(model)
  const at = indexOf(tanh, 'Relu')
  tanh.set(new TextEncoder().encode('Tanh'), at)
  expect(() => planSteps(tanh)).toThrow('The kernels have no operator Tanh.')
})

function indexOf(bytes: Uint8Array, text: string): number {
  const wanted = new TextEncoder().encode(text)
  return bytes.findIndex((_, at) => wanted.every((byte, i) => bytes[at + i] === byte))
}
