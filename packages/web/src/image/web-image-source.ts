import { InvalidArgumentError, type PixelImage } from '@retinaface/core'

/**
 * What `detect` takes for a picture: an element, canvas, bitmap, frame, encoded picture as a Blob, in
 * memory or as a stream, its URL, or pixels. Of a video and a canvas it is what they show at the time of the call.
 */
export type WebImageSource =
  | HTMLImageElement
  | HTMLVideoElement
  | HTMLCanvasElement
  | OffscreenCanvas
  | ImageBitmap
  | ImageData
  | VideoFrame
  | Blob
  | Uint8Array
  | ArrayBuffer
  | ReadableStream
  | URL
  | string
  | PixelImage

/** A source with the name of its kind. */
export type NamedSource =
  | { readonly kind: 'HTMLImageElement'; readonly source: HTMLImageElement }
  | { readonly kind: 'HTMLVideoElement'; readonly source: HTMLVideoElement }
  | { readonly kind: 'HTMLCanvasElement'; readonly source: HTMLCanvasElement }
  | { readonly kind: 'OffscreenCanvas'; readonly source: OffscreenCanvas }
  | { readonly kind: 'ImageBitmap'; readonly source: ImageBitmap }
  | { readonly kind: 'ImageData'; readonly source: ImageData }
  | { readonly kind: 'VideoFrame'; readonly source: VideoFrame }
  | { readonly kind: 'Blob'; readonly source: Blob; readonly name: string }
  | { readonly kind: 'ReadableStream'; readonly source: ReadableStream<Uint8Array> }
  | { readonly kind: 'URL'; readonly source: string }
  | { readonly kind: 'PixelImage'; readonly source: PixelImage }

const platformKinds: readonly string[] = [
  'HTMLImageElement',
  'HTMLVideoElement',
  'HTMLCanvasElement',
  'OffscreenCanvas',
  'ImageBitmap',
  'ImageData',
  'VideoFrame',
]

/**
 * Says of which kind a source is.
 *
 * @throws {InvalidArgumentError} if it is none
 */
export function nameSource(source: WebImageSource): NamedSource {
  if (typeof source === 'string') return { kind: 'URL', source }
  // Unlike instanceof, the tag holds for objects of other frames and for classes a worker lacks.
  const tag = Object.prototype.toString.call(source).slice(8, -1)
  if (tag === 'URL') return { kind: 'URL', source: String(source) }
  if (tag === 'Blob' || tag === 'File') {
    return { kind: 'Blob', source: source as Blob, name: 'the picture in memory' }
  }
  if (tag === 'Uint8Array' || tag === 'ArrayBuffer') {
    // Copied: of shared memory no Blob can be made.
    const bytes = new Uint8Array(source as ArrayBuffer | Uint8Array).slice()
    return { kind: 'Blob', source: new Blob([bytes]), name: 'the picture in memory' }
  }
  if (tag === 'ReadableStream') return { kind: tag, source: source as ReadableStream }
  if (platformKinds.includes(tag)) return { kind: tag, source } as NamedSource
  if (typeof source === 'object' && source !== null && 'channels' in source) {
    return { kind: 'PixelImage', source }
  }
  throw new InvalidArgumentError(
    'source',
    'an image, video or canvas element, OffscreenCanvas, ImageBitmap, ImageData, VideoFrame, Blob, Uint8Array, ArrayBuffer, ReadableStream, URL or { data, width, height, channels }',
    source,
  )
}
