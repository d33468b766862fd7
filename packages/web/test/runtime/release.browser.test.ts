import { ModelMismatchError } from '@retinaface/core'
import { afterEach, expect, test, vi } from 'vitest'
import { TINY_DETECTOR, TINY_DETECTOR_URL } from '../../../../fixtures/tiny-detector.ts'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import type { LoadProgress } from '../../src/model/load-progress.ts'
import { onnxruntime } from '../../src/onnxruntime-provider.ts'
import { loadRuntime } from '../../src/runtime/load-runtime.ts'

const { InferenceSession } = await loadRuntime(onnxruntime, 1)
// The class of what it creates, which the types do not tell.
const { prototype } = InferenceSession as unknown as { prototype: { release(): Promise<void> } }
const release = vi.spyOn(prototype, 'release')

afterEach(() => release.mockClear())

function failAt(stage: LoadProgress['stage']): (progress: LoadProgress) => void {
  return (progress) => {
    if (progress.stage === stage) throw new Error(`mine at ${stage}`)
  }
}

const model = { file: TINY_DETECTOR_URL, configuration: TINY_DETECTOR }

test.each([
  ['download', 0],
  ['compile', 0],
  ['ready', 1],
] as const)(
  'a function of the caller that throws at %s ends the loading',
  async (stage, opened) => {
    const options = { model, provider: onnxruntime, threads: 1, onProgress: failAt(stage) }
    await expect(createRetinaFace(options)).rejects.toThrow(`mine at ${stage}`)
    expect(release).toHaveBeenCalledTimes(opened)
    await expect(createWorkerRetinaFace(options)).rejects.toThrow(`mine at ${stage}`)
  },
)

test('a session that does not fit its configuration is released', async () => {
  const misfit = { ...model, configuration: 'mnet025' }
  await expect(
    createRetinaFace({ model: misfit, provider: onnxruntime, threads: 1 }),
  ).rejects.toThrow(ModelMismatchError)
  expect(release).toHaveBeenCalledTimes(1)
})
