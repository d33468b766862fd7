import { mnet025Slim } from '@retinaface/models'
import { Tensor } from 'onnxruntime-common'
import { beforeAll, describe, expect, test } from 'vitest'
import { RELAXED_SIMD_KERNELS, SIMD_KERNELS } from '../../src/kernels/generated/kernel-bytes.ts'
import { compileKernels, loadKernels, startKernels } from '../../src/kernels/kernel-module.ts'
import { KernelSession } from '../../src/kernels/kernel-session.ts'
import { planSteps } from '../../src/kernels/kernel-steps.ts'
import { runAlone } from '../../src/kernels/threads/start-threads.ts'
import { createSession } from '../../src/runtime/create-session.ts'
import { wasm } from '../../src/wasm-provider.ts'
import { noise } from '../support/noise.ts'

const builds = [
  ['relaxed SIMD', RELAXED_SIMD_KERNELS],
  ['SIMD', SIMD_KERNELS],
] as const

let model: Uint8Array
let runtime: Awaited<ReturnType<typeof createSession>>
beforeAll(async () => {
  model = new Uint8Array(await (await fetch(mnet025Slim.url)).arrayBuffer())
  runtime = await createSession(model, wasm, 1)
})

/** Pixels of noise, as the kernels take them and as the runtime does. */
function noisyPicture(
  width: number,
  height: number,
): { readonly pixels: Tensor; readonly planes: Tensor } {
  const area = width * height
  const pixels = noise(4 * area)
  const planes = new Float32Array(3 * area).map(
    (_, i) => pixels[4 * (i % area) + Math.floor(i / area)]!,
  )
  return {
    pixels: new Tensor('uint8', pixels, [1, height, width, 4]),
    planes: new Tensor('float32', planes, [1, 3, height, width]),
  }
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
}

describe.each(builds)('the kernels of %s', (_, build) => {
  let session: KernelSession
  beforeAll(async () => {
    session = new KernelSession(
      planSteps(model),
      await runAlone(await compileKernels(build, false)),
    )
  })

  test.each([
    [32, 32],
    [96, 32],
    [64, 160],
    [320, 256],
    [32, 32],
  ])('give all outputs of ONNX Runtime for %i×%i pixels', async (width, height) => {
    const { pixels, planes } = noisyPicture(width, height)
    const expected = await runtime.run({ data: planes })
    const found = await session.run({ data: pixels }, session.outputNames)
    expect(session.outputNames).toEqual(runtime.outputNames)
    for (const name of session.outputNames) {
      expect(found[name]!.dims).toEqual(expected[name]!.dims)
      const numbers = [found, expected].map((all) => all[name]!.data as Float32Array)
      expect(largestDifference(numbers[0]!, numbers[1]!), name).toBeLessThan(1e-4)
    }
  })

  test('give a wanted output alone as they give it with the others', async () => {
    const feeds = { data: noisyPicture(96, 96).pixels }
    const all = await session.run(feeds, session.outputNames)
    for (const name of session.outputNames) {
      const alone = await session.run(feeds, [name])
      expect(Object.keys(alone)).toEqual([name])
      expect(alone[name]!.data).toEqual(all[name]!.data)
    }
  })
})

test('without relaxed SIMD the kernels of SIMD are taken', async () => {
  const { compile } = WebAssembly
  const sizes: number[] = []
  WebAssembly.compile = (bytes) => {
    sizes.push(bytes.byteLength)
    if (sizes.length === 1) return Promise.reject(new WebAssembly.CompileError('no relaxed SIMD'))
    return compile(bytes)
  }
  try {
    const { convolve } = await startKernels(await loadKernels(false), 0)
    expect(convolve).toBeInstanceOf(Function)
  } finally {
    WebAssembly.compile = compile
  }
  const lengths = builds.map(([, encoded]) => atob(encoded).length)
  expect(sizes).toEqual(lengths)
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
