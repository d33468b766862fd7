import { ModelLoadError } from '@retinaface/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { TINY_DETECTOR, TINY_DETECTOR_URL } from '../../../../fixtures/tiny-detector.ts'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { findModel } from '../../src/model/find-model.ts'
import { loadFile } from '../../src/model/load-file.ts'
import { onnxruntime } from '../../src/onnxruntime-provider.ts'

const file = TINY_DETECTOR_URL.href
const size = (await (await fetch(file)).arrayBuffer()).byteLength
const wrong = '0'.repeat(64)

afterEach(() => vi.unstubAllGlobals())

describe('a model', () => {
  test('is fetched by its address or taken as bytes', async () => {
    const bytes = await loadFile({ file })
    expect(bytes.length).toBe(size)
    for (const source of [file, new URL(file), bytes]) {
      const model = { file: source, configuration: TINY_DETECTOR }
      const retinaface = await createRetinaFace({ model, provider: onnxruntime })
      expect(retinaface.configuration).toEqual(TINY_DETECTOR)
      await retinaface.dispose()
    }
  })

  test('tells how much of it has come', async () => {
    const told: unknown[] = []
    await loadFile({ file, bytes: size }, (progress) => told.push(progress))
    expect(told.at(-1)).toEqual({ stage: 'download', loaded: size, total: size })
  })

  test('is not read on when the caller’s function throws, whose error it is', async () => {
    let isCancelled = false
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1)),
      cancel: () => {
        isCancelled = true
      },
    })
    vi.stubGlobal('fetch', async () => new Response(endless))
    const onProgress = () => {
      throw new Error('mine')
    }
    await expect(loadFile({ file }, onProgress)).rejects.toThrow(/^mine$/)
    expect(isCancelled).toBe(true)
  })

  test('that breaks off is an error that says so', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('cut')) })
    vi.stubGlobal('fetch', async () => new Response(broken))
    await expect(loadFile({ file })).rejects.toBeInstanceOf(ModelLoadError)
  })

  test('of another length or checksum is refused', async () => {
    await expect(loadFile({ file, bytes: size + 1 })).rejects.toThrow(/expected \d+ bytes/)
    await expect(loadFile({ file, sha256: wrong })).rejects.toThrow(/not the expected file/)
    await expect(loadFile({ file: new Uint8Array(4), sha256: wrong })).rejects.toThrow(/in memory/)
  })

  test('that is missing is an error that says what to check', async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 404 }))
    await expect(loadFile({ file })).rejects.toBeInstanceOf(ModelLoadError)
    await expect(loadFile({ file })).rejects.toThrow(/answered 404.*Check that the file is served/)
  })

  test('that is no network is named', async () => {
    const file = URL.createObjectURL(new Blob(['<!doctype html>']))
    const creating = createRetinaFace({
      model: { file, configuration: 'mnet025' },
      provider: onnxruntime,
    })
    await expect(creating).rejects.toThrow(`Could not load the model ${file}: `)
    await expect(creating).rejects.toThrow(/[^.]\. Check that it is an ONNX file/)
  })

  test('without a secure context: shipped ones by their length, others refused', async () => {
    vi.stubGlobal('isSecureContext', false)
    vi.stubGlobal('crypto', {})
    expect((await loadFile({ file, bytes: size, sha256: wrong })).length).toBe(size)
    await expect(loadFile({ file, bytes: 1, sha256: wrong })).rejects.toThrow(/expected 1 bytes/)
    await expect(loadFile({ file, sha256: wrong })).rejects.toThrow(/secure contexts only/)
  })

  test('that is unknown is named with those that are known', () => {
    expect(() => findModel('mnet')).toThrow(/one of retinaface-500m; a model that is imported/)
    expect(() => findModel({ file, configuration: 'mnet' })).toThrow(/one of mnet025/)
  })
})
