import { retinaface500m } from '@retinaface/models'
import { mnet025Lean, mnet025Slim } from '@retinaface/models/research'
import { Tensor } from 'onnxruntime-common'
import { beforeAll, describe, expect, test } from 'vitest'
import { RELAXED_SIMD_KERNELS, SIMD_KERNELS } from '../../src/kernels/generated/kernel-bytes.ts'
import { compileKernels, loadKernels, startKernels } from '../../src/kernels/kernel-module.ts'
import { KernelSession } from '../../src/kernels/kernel-session.ts'
import { planSteps } from '../../src/kernels/kernel-steps.ts'
import { runAlone } from '../../src/kernels/threads/start-threads.ts'
import { onnxruntime } from '../../src/onnxruntime-provider.ts'
import { createSession } from '../../src/runtime/create-session.ts'
import { noise } from '../support/noise.ts'
import { samplePhotoUrl } from '../support/sample-photo-url.ts'

const builds = [
  ['relaxed SIMD', RELAXED_SIMD_KERNELS],
  ['SIMD', SIMD_KERNELS],
] as const

async function fetchModel({ url }: { readonly url: URL }): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer())
}

interface Picture {
  readonly pixels: Tensor
  readonly planes: Tensor
}

function noisyPicture(width: number, height: number): Picture {
  return picture(noise(4 * width * height), width, height)
}

async function photo(width: number, height: number): Promise<Picture> {
  const bitmap = await createImageBitmap(await (await fetch(samplePhotoUrl(5))).blob())
  const context = new OffscreenCanvas(width, height).getContext('2d')!
  context.drawImage(bitmap, 0, 0, width, height)
  return picture(context.getImageData(0, 0, width, height).data, width, height)
}

/** RGBA pixels, as the kernels take them and as the runtime does. */
function picture(pixels: ArrayLike<number>, width: number, height: number): Picture {
  const area = width * height
  const planes = new Float32Array(3 * area).map(
    (_, i) => pixels[4 * (i % area) + Math.floor(i / area)]!,
  )
  return {
    pixels: new Tensor('uint8', Uint8Array.from(pixels), [1, height, width, 4]),
    planes: new Tensor('float32', planes, [1, 3, height, width]),
  }
}

/** Of values beyond 1, as a share of them. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - b[i]!) / Math.max(1, Math.abs(b[i]!))),
    0,
  )
}

const models = [mnet025Slim, mnet025Lean, retinaface500m]
const cases = models.flatMap((entry) => builds.map((build) => [entry.id, ...build, entry] as const))

describe.each(cases)('%s on the kernels of %s', (_, _name, build, entry) => {
  const unit = entry.configuration.input.sizeMultiple
  let session: KernelSession
  let runtime: Awaited<ReturnType<typeof createSession>>
  beforeAll(async () => {
    const model = await fetchModel(entry)
    runtime = await createSession(model, onnxruntime, 1)
    session = new KernelSession(
      planSteps(model),
      await runAlone(await compileKernels(build, false)),
    )
  })

  async function expectOutputsOfRuntime({ pixels, planes }: Picture): Promise<void> {
    const expected = await runtime.run({ data: planes })
    const found = await session.run({ data: pixels }, session.outputNames)
    expect(session.outputNames).toEqual(runtime.outputNames)
    for (const name of session.outputNames) {
      expect(found[name]!.dims).toEqual(expected[name]!.dims)
      const numbers = [found, expected].map((all) => all[name]!.data as Float32Array)
      expect(largestDifference(numbers[0]!, numbers[1]!), name).toBeLessThan(1e-4)
    }
  }

  test.each([
    [1, 1],
    [3, 1],
    [2, 5],
    [5, 4],
    [1, 1],
  ])('gives all outputs of ONNX Runtime for noise of %i×%i units', async (columns, rows) => {
    await expectOutputsOfRuntime(noisyPicture(columns * unit, rows * unit))
  })

  test('gives all outputs of ONNX Runtime for a photo', async () => {
    await expectOutputsOfRuntime(await photo(448, 320))
  })

  test('gives a wanted output alone as it gives it with the others', async () => {
    const feeds = { data: noisyPicture(3 * unit, 3 * unit).pixels }
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
  const tanh = await fetchModel(mnet025Slim)
  const at = indexOf(tanh, 'Relu')
  tanh.set(new TextEncoder().encode('Tanh'), at)
  expect(() => planSteps(tanh)).toThrow('The kernels have no operator Tanh.')
})

function indexOf(bytes: Uint8Array, text: string): number {
  const wanted = new TextEncoder().encode(text)
  return bytes.findIndex((_, at) => wanted.every((byte, i) => bytes[at + i] === byte))
}
