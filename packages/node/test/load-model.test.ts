import { readFile } from 'node:fs/promises'
import { InvalidArgumentError, MNET025, ModelLoadError, ModelMismatchError } from '@retinaface/core'
import { mnet025 } from '@retinaface/models/research'
import { describe, expect, test } from 'vitest'
import type { CreateOptions } from '../src/create-options.ts'
import { createRetinaFace } from '../src/create-retinaface.ts'
import { samplePhoto } from './support/pictures.ts'

describe('createRetinaFace', () => {
  test('loads both shipped models, a path, a URL and bytes', async () => {
    const bytes = await readFile(mnet025.url)
    const own = { configuration: 'mnet025', sha256: mnet025.sha256.toUpperCase() }
    for (const model of [
      'mnet025',
      'mnet025-v1',
      { ...own, file: mnet025.url },
      { ...own, file: bytes },
    ]) {
      const retinaface = await createRetinaFace({ model, threads: 1 })
      const sure = { inputSize: 640, scoreThreshold: 0.9 }
      expect(await retinaface.detect(samplePhoto(1), sure)).toHaveLength(3)
      await retinaface.dispose()
    }
  })

  test('names the models there are when asked for another', async () => {
    const attempt = createRetinaFace({ model: 'resnet' })
    await expect(attempt).rejects.toThrow(InvalidArgumentError)
    await expect(attempt).rejects.toThrow(/one of retinaface-500m, mnet025, mnet025-v1.*"resnet"/)
  })

  test('names the presets there are when asked for another', async () => {
    const model = { file: mnet025.url, configuration: 'yolo' }
    await expect(createRetinaFace({ model })).rejects.toThrow(
      /one of mnet025, .*paper-p2-p6.*"yolo"/,
    )
  })

  test('refuses a model with another SHA-256', async () => {
    const bytes = new Uint8Array(await readFile(mnet025.url))
    bytes[1000]! ^= 1
    const model = { file: bytes, configuration: MNET025, sha256: mnet025.sha256 }
    const attempt = createRetinaFace({ model })
    await expect(attempt).rejects.toThrow(ModelLoadError)
    await expect(attempt).rejects.toThrow(/not the expected file: expected SHA-256/)
  })

  test('says so when a model file is missing or is no ONNX', async () => {
    const configuration = MNET025
    const missing = createRetinaFace({ model: { file: '/nowhere/model.onnx', configuration } })
    await expect(missing).rejects.toThrow(ModelLoadError)
    const text = createRetinaFace({
      model: { file: new TextEncoder().encode('hello'), configuration },
    })
    await expect(text).rejects.toThrow(/could not load the model/)
  })

  test('says which preset does not fit a network', async () => {
    const model = { file: mnet025.url, configuration: 'mobile025-pytorch' }
    const attempt = createRetinaFace({ model })
    await expect(attempt).rejects.toThrow(ModelMismatchError)
    await expect(attempt).rejects.toThrow(/no input "input".*"mobile025-pytorch".*it has data/)
  })

  test('names an option that there is not', async () => {
    const attempt = createRetinaFace({ thread: 1 } as CreateOptions)
    await expect(attempt).rejects.toThrow(
      /no others than model, .* for options but received "thread"/,
    )
  })

  test('says which precisions there are, and which models have only one', async () => {
    const unknown = createRetinaFace({ precision: 'float16' as 'int8' })
    await expect(unknown).rejects.toThrow(/'float32' or 'int8' for options.precision/)
    const v1 = createRetinaFace({ model: 'mnet025-v1', precision: 'int8' })
    await expect(v1).rejects.toThrow(InvalidArgumentError)
    const own = createRetinaFace({
      model: { file: mnet025.url, configuration: MNET025 },
      precision: 'int8',
    })
    await expect(own).rejects.toThrow(/retinaface-500m and mnet025 have 'int8' too/)
  })

  test.each([
    ['threads', { threads: 0 }],
    ['model', { model: 5 }],
    ['model', { model: null }],
    ['model', { model: { file: 'mnet025.onnx' } }],
    ['model', { model: { configuration: 'mnet025' } }],
    ['pixelLimit', { pixelLimit: 1.5 }],
  ])('names %s when it is not valid', async (name, options) => {
    const attempt = createRetinaFace(options as CreateOptions)
    await expect(attempt).rejects.toThrow(InvalidArgumentError)
    await expect(attempt).rejects.toThrow(new RegExp(`Expected .* for options.${name} but`))
  })
})
