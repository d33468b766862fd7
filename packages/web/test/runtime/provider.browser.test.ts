import { ProviderUnavailableError } from '@retinaface/core'
import { DEFAULT_MODEL } from '@retinaface/models'
import { mnet025, mnet025Lean, mnet025V1 } from '@retinaface/models/research'
import { expect, test } from 'vitest'
import type { CreateOptions } from '../../src/create-options.ts'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import { webgpu, webnn } from '../../src/gpu.ts'
import { onnxruntime } from '../../src/onnxruntime-provider.ts'
import { wasm } from '../../src/wasm-provider.ts'
import { samplePhotoUrl } from '../support/sample-photo-url.ts'

const pageThreads = Math.min(4, navigator.hardwareConcurrency)

test('by default our own kernels, on the page’s threads and without ONNX Runtime', async () => {
  expect(crossOriginIsolated).toBe(true)
  performance.clearResourceTimings()
  const retinaface = await createRetinaFace()
  expect(retinaface.provider).toEqual({ name: 'wasm', threads: pageThreads })
  await retinaface.detect(samplePhotoUrl(5), { inputSize: 320 })
  await retinaface.dispose()
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  expect(fetched.some((name) => name.includes(DEFAULT_MODEL.file))).toBe(true)
  expect(fetched.filter((name) => name.includes('/ort-'))).toEqual([])
})

test.each([mnet025, mnet025Lean])(
  '$id runs on our own kernels too, where ONNX Runtime is not to be had',
  async (model) => {
    const retinaface = await createRetinaFace({ model, provider: wasm })
    expect(retinaface.provider).toEqual({ name: 'wasm', threads: pageThreads })
    const faces = await retinaface.detect(samplePhotoUrl(5), { inputSize: 320 })
    expect(faces.length).toBeGreaterThan(0)
    await retinaface.dispose()
  },
)

test('other networks run on ONNX Runtime, on the page’s threads', async () => {
  const retinaface = await createWorkerRetinaFace({ model: mnet025V1, provider: onnxruntime })
  expect(retinaface.provider).toEqual({ name: 'wasm', threads: pageThreads })
  await retinaface.dispose()
})

test.each([
  ['in the page', createRetinaFace],
  ['in a worker', createWorkerRetinaFace],
])('%s other networks without it are refused with what to import', async (_, create) => {
  const error = await create({ model: mnet025V1 }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ProviderUnavailableError)
  expect((error as Error).message).toContain("from '@retinaface/web/onnxruntime'")
})

test.each([
  ['in the page', createRetinaFace],
  ['in a worker', createWorkerRetinaFace],
])('%s two threads of our own kernels find the same, without ONNX Runtime', async (_, create) => {
  performance.clearResourceTimings()
  const shared = await create({ threads: 2 })
  const alone = await create({ threads: 1 })
  expect(shared.provider).toEqual({ name: 'wasm', threads: 2 })
  for (const options of [{ inputSize: 640 }, { inputSize: 160 }, { minFaceSize: 300 }]) {
    const detect = (retinaface: typeof shared) => retinaface.detect(samplePhotoUrl(5), options)
    expect(await detect(shared)).toEqual(await detect(alone))
  }
  await Promise.all([shared.dispose(), alone.dispose()])
  const fetched = performance.getEntriesByType('resource').map(({ name }) => name)
  expect(fetched.filter((name) => name.includes('/ort-'))).toEqual([])
})

test('two detectors at once have threads of their own', async () => {
  const detectors = await Promise.all([
    createWorkerRetinaFace({ threads: 2 }),
    createWorkerRetinaFace({ threads: 3 }),
    createRetinaFace({ threads: 2 }),
  ])
  expect(detectors.map(({ provider }) => provider.threads)).toEqual([2, 3, 2])
  const sizes = [640, 320, 480, 256]
  const alone = await createRetinaFace({ threads: 1 })
  for (const inputSize of sizes) {
    const options = { inputSize }
    const expected = await alone.detect(samplePhotoUrl(5), options)
    const found = await Promise.all(detectors.map((one) => one.detect(samplePhotoUrl(5), options)))
    for (const faces of found) expect(faces).toEqual(expected)
  }
  await Promise.all([...detectors, alone].map((detector) => detector.dispose()))
})

test.each([1, 2])(
  'with a provider without kernels ONNX Runtime finds the same on %i threads, with features and for large faces too',
  async (threads) => {
    const provider = { name: onnxruntime.name, files: onnxruntime.files! }
    const runtime = await createWorkerRetinaFace({ provider, threads })
    const kernels = await createWorkerRetinaFace()
    expect(runtime.provider).toEqual({ name: 'wasm', threads })
    for (const options of [{}, { contextFeatures: true }, { minFaceSize: 300 }]) {
      const detect = (retinaface: typeof runtime) =>
        retinaface.detect(samplePhotoUrl(5), { inputSize: 640, ...options })
      const [found, expected] = [await detect(runtime), await detect(kernels)]
      expect(found.length).toBe(expected.length)
      found.forEach(({ box, score, contextFeatures = [], anchor }, i) => {
        const other = expected[i]!
        const numbers = [...box, score, ...contextFeatures]
        const others = [...other.box, other.score, ...(other.contextFeatures ?? [])]
        expect(numbers).toHaveLength(others.length)
        const differences = numbers.map((value, at) => Math.abs(value - others[at]!))
        expect(Math.max(...differences)).toBeLessThan(0.01)
        expect(anchor.stride).toBe(other.anchor.stride)
      })
    }
    await Promise.all([runtime.dispose(), kernels.dispose()])
  },
)

test('minFaceSize of 48 pixels of the input leaves the finest level of mnet025 out', async () => {
  const retinaface = await createWorkerRetinaFace({ model: mnet025 })
  // So many pixels of the photograph are 48 of the network's input.
  const limit = (48 * 1920) / 480
  const options = { inputSize: 480, scoreThreshold: 0.02, nmsThreshold: 1 }
  const detect = (minFaceSize: number) =>
    retinaface.detect(samplePhotoUrl(5), { ...options, minFaceSize })
  const [all, coarse] = [await detect(limit - 1), await detect(limit)]
  expect(new Set(all.map(({ anchor }) => anchor.stride))).toContain(8)
  expect(new Set(coarse.map(({ anchor }) => anchor.stride))).not.toContain(8)
  const expected = all.filter(
    ({ anchor, box }) => anchor.stride > 8 && Math.max(box[2] - box[0], box[3] - box[1]) >= limit,
  )
  expect(coarse).toEqual(expected)
  expect(expected.length).toBeGreaterThan(1)
  await retinaface.dispose()
})

test('threads are those that are asked for, and must be a number of them', async () => {
  const retinaface = await createWorkerRetinaFace({ threads: 1 })
  expect(retinaface.provider.threads).toBe(1)
  await retinaface.dispose()
  await expect(createRetinaFace({ threads: 0 })).rejects.toMatchObject({
    argument: 'options.threads',
  })
  await expect(createWorkerRetinaFace({ pixelLimit: 1.5 })).rejects.toMatchObject({
    argument: 'options.pixelLimit',
  })
  const misspelt = { thread: 2 } as CreateOptions
  await expect(createWorkerRetinaFace(misspelt)).rejects.toThrow(/no others than model, .*"thread"/)
})

test.each([
  { ...webgpu, why: /WebGPU/ },
  { ...webnn, why: /WebNN/ },
])(
  '$name finds the same faces, or of a list WebAssembly does and the reason is told',
  async ({ why, ...provider }) => {
    const asked = await createWorkerRetinaFace({ provider: [provider, wasm] })
    const plain = await createWorkerRetinaFace()
    if (asked.provider.name === 'wasm') expect(asked.provider.fallbackReason).toMatch(why)
    else expect(asked.provider).toEqual({ name: provider.name, threads: asked.provider.threads })
    const picture = samplePhotoUrl(5)
    const [found, expected] = [await asked.detect(picture), await plain.detect(picture)]
    expect(found.map(({ box }) => box.map(Math.round))).toEqual(
      expected.map(({ box }) => box.map(Math.round)),
    )
    await Promise.all([asked.dispose(), plain.dispose()])
  },
)

test.each([
  ['in the page', createRetinaFace],
  ['in a worker', createWorkerRetinaFace],
])('%s a provider that cannot be used is refused with those that can', async (_, create) => {
  // Of this one the runtime's file is missing too, so no browser can run it.
  const files = { ...webnn.files!, runtime: new URL('/none.mjs', location.href).href }
  const error = await create({ provider: { ...webnn, files } }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ProviderUnavailableError)
  expect(error).toMatchObject({ provider: 'webnn', available: expect.arrayContaining(['wasm']) })
  expect((error as Error).message).toMatch(/"webnn" cannot be used: .* Available here: wasm/)
})

test.each([[[]], ['webgpu'], [null]])('%j is no provider', async (provider) => {
  const asked = { provider: provider as unknown as typeof wasm }
  await expect(createWorkerRetinaFace(asked)).rejects.toMatchObject({
    argument: 'options.provider',
  })
})
