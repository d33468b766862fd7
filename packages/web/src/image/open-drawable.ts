import { ImageReadError } from '@retinaface/core'
import type { ShrinkPlan } from '@retinaface/core/platform'
import { decodeBlob } from './decode-blob.ts'
import { decodeReduced } from './decode-reduced.ts'
import type { LoadedSource } from './load-source.ts'

/** Something that a canvas can draw. */
export interface Drawable {
  readonly image: CanvasImageSource
  /** How messages call it. */
  readonly name: string
  /** Size of the upright picture, pixels; `image` may have fewer. */
  readonly width: number
  readonly height: number
  /** Pixels of a row of `image`. */
  readonly drawnWidth: number
  /** Frees what was opened for it. */
  close(): void
}

/** A source that has to be drawn to get at its pixels. */
export type DrawableSource = Exclude<LoadedSource, { kind: 'ImageData' | 'PixelImage' }>

/**
 * Makes a source ready to be drawn.
 *
 * @param shrink files may be decoded in fewer pixels where it allows it
 * @throws {ImageReadError} if there is no picture yet, or none that the browser can decode
 */
export async function openDrawable(named: DrawableSource, shrink?: ShrinkPlan): Promise<Drawable> {
  switch (named.kind) {
    case 'Blob':
      return openBlob(named.source, named.name, shrink)
    case 'HTMLImageElement': {
      const { source } = named
      const { naturalWidth, naturalHeight } = source
      return drawable(source, 'the image element', naturalWidth, naturalHeight, noImage)
    }
    case 'HTMLVideoElement':
      return openVideo(named.source)
    case 'VideoFrame': {
      const { source } = named
      return drawable(source, 'the VideoFrame', source.displayWidth, source.displayHeight, closed)
    }
    case 'ImageBitmap':
      return drawable(
        named.source,
        'the ImageBitmap',
        named.source.width,
        named.source.height,
        closed,
      )
    default:
      return drawable(named.source, 'the canvas', named.source.width, named.source.height, noPixels)
  }
}

const closed = 'it has no pixels; it was closed or transferred. Detect before you close it.'
const noPixels = 'it has no pixels. Give it a width and a height and draw on it.'
const notLoaded =
  'it shows no frame yet. Wait for its loadeddata event, and check that its source plays.'
const noImage = 'it has no pixels. Give it a src, and a width and height if that is an SVG.'

async function openBlob(
  blob: Blob,
  name: string,
  shrink: ShrinkPlan | undefined,
): Promise<Drawable> {
  const reduced = shrink && (await decodeReduced(blob, shrink))
  if (reduced) {
    const { frame, width, height } = reduced
    const drawnWidth = frame.displayWidth
    return { image: frame, name, width, height, drawnWidth, close: () => frame.close() }
  }
  const image = await decodeBlob(blob, name)
  const { width, height } = image
  return { image, name, width, height, drawnWidth: width, close: () => image.close() }
}

function openVideo(video: HTMLVideoElement): Drawable {
  const shows = video.readyState >= video.HAVE_CURRENT_DATA
  const width = shows ? video.videoWidth : 0
  return drawable(video, 'the video element', width, video.videoHeight, notLoaded)
}

function drawable(
  image: CanvasImageSource,
  name: string,
  width: number,
  height: number,
  problem: string,
): Drawable {
  if (width === 0 || height === 0) throw new ImageReadError(name, problem)
  return { image, name, width, height, drawnWidth: width, close: () => undefined }
}
