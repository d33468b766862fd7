import { assertPixelImage, type CancelSignal, ImageReadError } from '@retinaface/core'
import { type Postable, untilAborted } from '@retinaface/core/platform'
import { explainDrawFailure } from '../image/explain-draw-failure.ts'
import { loadSource } from '../image/load-source.ts'
import { openDrawable } from '../image/open-drawable.ts'
import { readStream } from '../image/read-stream.ts'
import { nameSource, type WebImageSource } from '../image/web-image-source.ts'

/**
 * Makes a picture that can be posted to a worker. The caller keeps what it gave: what would be taken
 * away from it is copied, and what an element shows is taken at the time of the call.
 *
 * @throws {ImageReadError} {InvalidImageError} and the reason of `signal`
 */
export async function makePostable(
  source: WebImageSource,
  signal: CancelSignal,
): Promise<Postable> {
  const named = nameSource(source)
  switch (named.kind) {
    case 'PixelImage': {
      assertPixelImage(named.source)
      const data = named.source.data.slice()
      return { source: { ...named.source, data }, transfer: [data.buffer] }
    }
    case 'URL': // Relative addresses start at the page's, not at the worker's.
      return { source: new URL(named.source, document.baseURI).href, transfer: [] }
    case 'ReadableStream':
      return { source: await readStream(named.source, signal), transfer: [] }
    case 'Blob':
    case 'ImageData':
      return { source: named.source, transfer: [] }
    default: {
      await loadSource(source, signal)
      if (named.kind === 'HTMLImageElement') {
        const encoded = await readEncoded(named.source, signal)
        if (encoded) return { source: encoded, transfer: [] }
      }
      const { image, name } = await openDrawable(named)
      return snapshot(image, name)
    }
  }
}

// False after the first failure: a Content-Security-Policy may forbid it, and browsers report each try.
let readsBlobs = true

/**
 * The file of an image element, if the browser has kept it: the worker decodes that itself. A bitmap of
 * the element would be decoded on the page's thread, 50 ms for 1920×1280 pixels. Nothing is asked for
 * over the network.
 */
async function readEncoded(
  { src, currentSrc }: HTMLImageElement,
  signal: CancelSignal,
): Promise<Blob | undefined> {
  // The page may count other pixels in a picture of a srcset than its file has.
  if (src !== currentSrc || new URL(src, document.baseURI).origin !== location.origin)
    return undefined
  const isBlob = src.startsWith('blob:')
  if (isBlob && !readsBlobs) return undefined
  try {
    const response = await untilAborted(
      signal,
      fetch(src, { cache: 'only-if-cached', mode: 'same-origin' }),
    )
    const blob = await untilAborted(signal, response.blob())
    // A vector graphic has no pixels of its own.
    const isPicture = response.ok && /^image\/(?!svg)/.test(blob.type)
    return isPicture ? blob : undefined
  } catch {
    signal.throwIfAborted()
    if (isBlob) readsBlobs = false
    return undefined
  }
}

async function snapshot(image: CanvasImageSource, name: string): Promise<Postable> {
  let bitmap: ImageBitmap | undefined
  try {
    bitmap = await createImageBitmap(image)
    assertReadable(bitmap)
    return { source: bitmap, transfer: [bitmap] }
  } catch (error) {
    bitmap?.close()
    throw new ImageReadError(name, explainDrawFailure(error), error)
  }
}

/** Pictures of other origins can be drawn but neither read nor posted. */
function assertReadable(bitmap: ImageBitmap): void {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!
  context.drawImage(bitmap, 0, 0)
  context.getImageData(0, 0, 1, 1)
}
