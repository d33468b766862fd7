import { expect, test } from 'vitest'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import { webgpu, webnn } from '../../src/gpu.ts'
import { samplePhotoUrl } from '../support/sample-photo-url.ts'

test('WebAssembly by default, with the page’s threads', async () => {
  expect(crossOriginIsolated).toBe(true)
  for (const create of [createRetinaFace, createWorkerRetinaFace]) {
    const retinaface = await create()
    const threads = Math.min(4, navigator.hardwareConcurrency)
    expect(retinaface.provider).toEqual({ name: 'wasm', threads })
    await retinaface.dispose()
  }
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
})

test.each([
  { ...webgpu, why: /WebGPU/ },
  { ...webnn, why: /WebNN/ },
])(
  '$name finds the same faces, or WebAssembly does and the reason is told',
  async ({ why, ...provider }) => {
    const asked = await createWorkerRetinaFace({ provider })
    const wasm = await createWorkerRetinaFace()
    if (asked.provider.name === 'wasm') expect(asked.provider.fallbackReason).toMatch(why)
    else expect(asked.provider).toEqual({ name: provider.name, threads: asked.provider.threads })
    const picture = samplePhotoUrl(5)
    const [found, expected] = [await asked.detect(picture), await wasm.detect(picture)]
    expect(found.map(({ box }) => box.map(Math.round))).toEqual(
      expected.map(({ box }) => box.map(Math.round)),
    )
    await Promise.all([asked.dispose(), wasm.dispose()])
  },
)
