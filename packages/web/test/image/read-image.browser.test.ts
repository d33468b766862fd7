import type { PixelImage } from '@retinaface/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TINY_DETECTOR, TINY_DETECTOR_URL } from '../../../../fixtures/tiny-detector.ts'
import { createRetinaFace } from '../../src/create-retinaface.ts'
import { createWorkerRetinaFace } from '../../src/create-worker-retinaface.ts'
import type { WebImageSource } from '../../src/image/web-image-source.ts'
import { onnxruntime } from '../../src/onnxruntime-provider.ts'
import type { WebRetinaFace } from '../../src/web-retinaface.ts'
import { drawQuarters, encode, quartersOf, withOrientation } from '../support/quarters.ts'

const upright = '24×16 red green blue white'
const model = { file: TINY_DETECTOR_URL, configuration: TINY_DETECTOR }

async function imageElement(blob: Blob): Promise<HTMLImageElement> {
  const image = new Image()
  image.src = URL.createObjectURL(blob)
  await image.decode()
  return image
}

/** Out of sight, where the browser loads it when it is scrolled to. */
async function lazyElement(blob: Blob): Promise<HTMLImageElement> {
  const image = document.createElement('img')
  image.loading = 'lazy'
  image.src = URL.createObjectURL(blob)
  image.style.cssText = 'position: absolute; top: 100000px'
  document.body.append(image)
  return image
}

async function videoElement(canvas: HTMLCanvasElement): Promise<HTMLVideoElement> {
  const video = document.createElement('video')
  video.muted = true
  video.srcObject = canvas.captureStream()
  // A canvas gives a frame when it is drawn on.
  canvas.getContext('2d')!.fillRect(0, 0, 0, 0)
  await video.play()
  return video
}

function offscreen(canvas: HTMLCanvasElement): OffscreenCanvas {
  const copy = new OffscreenCanvas(canvas.width, canvas.height)
  copy.getContext('2d')!.drawImage(canvas, 0, 0)
  return copy
}

function emptyCanvas(width: number, height: number): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.getContext('2d')
  return canvas
}

async function heic(): Promise<Blob> {
  return (await fetch(new URL('../../../../fixtures/quarters.heic', import.meta.url))).blob()
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer())
}

const sources: Record<string, (canvas: HTMLCanvasElement) => unknown> = {
  HTMLCanvasElement: (canvas) => canvas,
  OffscreenCanvas: offscreen,
  ImageBitmap: (canvas) => createImageBitmap(canvas),
  ImageData: (canvas) => canvas.getContext('2d')!.getImageData(0, 0, 24, 16),
  'ImageData in Display P3': (canvas) =>
    canvas.getContext('2d')!.getImageData(0, 0, 24, 16, { colorSpace: 'display-p3' }),
  VideoFrame: (canvas) => new VideoFrame(canvas, { timestamp: 0 }),
  HTMLVideoElement: videoElement,
  'PNG blob': (canvas) => encode(canvas, 'image/png'),
  'JPEG file': async (canvas) => new File([await encode(canvas, 'image/jpeg')], 'a.jpg'),
  'WebP blob': (canvas) => encode(canvas, 'image/webp'),
  Uint8Array: async (canvas) => bytesOf(await encode(canvas, 'image/png')),
  ArrayBuffer: async (canvas) => (await encode(canvas, 'image/png')).arrayBuffer(),
  'a part of shared memory': async (canvas) => {
    const bytes = await bytesOf(await encode(canvas, 'image/png'))
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length + 2), 1, bytes.length)
    shared.set(bytes)
    return shared
  },
  'a function that gives a stream': async (canvas) => {
    const blob = await encode(canvas, 'image/png')
    return () => blob.stream()
  },
  'a function that gives bytes': async (canvas) => {
    const blob = await encode(canvas, 'image/png')
    return () => blob.arrayBuffer()
  },
  HTMLImageElement: async (canvas) => imageElement(await encode(canvas, 'image/png')),
  'HTMLImageElement that is lazy': async (canvas) => lazyElement(await encode(canvas, 'image/png')),
  'blob: URL': async (canvas) => new URL(URL.createObjectURL(await encode(canvas, 'image/png'))),
  'data: URL': (canvas) => canvas.toDataURL(),
  'EXIF orientation 6': async (canvas) => withOrientation(await encode(canvas, 'image/jpeg'), 6),
  'EXIF orientation 6 in an element': async (canvas) =>
    imageElement(await withOrientation(await encode(canvas, 'image/jpeg'), 6)),
}

describe.each([
  ['the page', createRetinaFace],
  ['the worker', createWorkerRetinaFace],
])('%s reads', (_, create) => {
  let retinaface: WebRetinaFace
  const read = (source: unknown): Promise<PixelImage> =>
    retinaface.readImage(source as WebImageSource)

  beforeAll(async () => {
    retinaface = await create({ model, provider: onnxruntime, pixelLimit: 10_000 })
  })
  afterAll(() => retinaface.dispose())

  test.each(Object.keys(sources))('%s', async (kind) => {
    const expected = kind.startsWith('EXIF') ? '16×24 blue red white green' : upright
    const source = await sources[kind]!(drawQuarters())
    expect(quartersOf(await read(source))).toBe(expected)
    // The caller keeps what it gave.
    expect(quartersOf(await read(source))).toBe(expected)
  })

  test('a transparent picture without the one before it', async () => {
    const clear = new OffscreenCanvas(24, 16)
    clear.getContext('2d')
    await read(drawQuarters())
    expect(Math.max(...(await read(clear)).data)).toBe(0)
  })

  test.each<[string, () => unknown, RegExp]>([
    ['an empty blob', () => new Blob([]), /it is empty/],
    ['text', () => new Blob(['not a picture']), /cannot decode it: it is damaged/],
    ['HEIC', heic, /it is HEIC, which this browser cannot decode .* Convert it to JPEG/],
    [
      'a missing file',
      () => '/missing.jpg',
      /"[^"]*missing.jpg": (the server answered|the browser)/,
    ],
    ['a dead origin', () => 'http://localhost:1/a.jpg', /could not be fetched.*CORS/],
    ['a video without a frame', () => document.createElement('video'), /shows no frame yet/],
    ['an image without a source', () => new Image(), /has no pixels. Give it a src/],
    ['a broken image', () => Object.assign(new Image(), { src: 'data:,x' }), /Check its src/],
    ['a canvas of no size', () => emptyCanvas(0, 0), /has no pixels. Give it a width/],
    ['a picture over the limit', () => emptyCanvas(101, 100), /more than the limit of 10000/],
  ])('no faces but an ImageReadError from %s', async (_name, source, message) => {
    await expect(read(await source())).rejects.toMatchObject({
      code: 'IMAGE_READ',
      message: expect.stringMatching(message),
    })
  })

  test('a stream', async () => {
    const blob = await encode(drawQuarters(), 'image/png')
    expect(quartersOf(await read(blob.stream()))).toBe(upright)
  })

  test('no stream that brings too much, fails or is read already', async () => {
    let pulled = 0
    const chunk = new Uint8Array(2 ** 26)
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(chunk)
      },
    })
    await expect(read(endless)).rejects.toThrow(/picture from a stream: it has more than 512 MiB/)
    expect(pulled).toBeLessThan(12)
    const failing = new ReadableStream({
      start: (controller) => controller.error(new Error('cut')),
    })
    await expect(read(failing)).rejects.toMatchObject({ code: 'IMAGE_READ' })
    const taken = new Blob(['x']).stream()
    taken.getReader()
    await expect(read(taken)).rejects.toMatchObject({ code: 'IMAGE_READ' })
  })

  test('nothing of a data: URL into a message', async () => {
    const content = 'cGljdHVyZQ'.repeat(1000)
    const error = await read(`data:image/png;base64,${content}`).catch((reason: Error) => reason)
    expect((error as Error).message).toMatch(/^Could not read a data: URL of 10022 characters: /)
  })

  test('closed bitmaps and frames are said to be closed', async () => {
    const bitmap = await createImageBitmap(drawQuarters())
    bitmap.close()
    const frame = new VideoFrame(drawQuarters(), { timestamp: 0 })
    frame.close()
    for (const source of [bitmap, frame]) await expect(read(source)).rejects.toThrow(/was closed/)
  })

  test('nothing when it is stopped while it decodes', async () => {
    const stop = new AbortController()
    const reading = retinaface.readImage(await encode(drawQuarters(), 'image/png'), stop.signal)
    stop.abort(new Error('enough'))
    await expect(reading).rejects.toThrow('enough')
  })

  test('what is no picture is an InvalidArgumentError', async () => {
    await expect(read(42)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', argument: 'source' })
  })
})
