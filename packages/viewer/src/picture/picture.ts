import type { PixelImage } from '@retinaface/mesh-decoder'
import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import type { PictureSize } from './picture-camera.ts'
import { toImageData } from './to-image-data.ts'
import type { ViewerImage } from './viewer-image.ts'

/** Longest side that is kept of a picture: every WebGL 2 has textures of it. */
const LONGEST_SIDE = 2048

/** The photo, in a canvas of the viewer's own that the frames of a video are drawn into. */
export class Picture {
  /** The photo, at most {@link LONGEST_SIDE} long. */
  readonly canvas: HTMLCanvasElement = document.createElement('canvas')
  /** Of the photo itself, whose pixels faces count in. */
  size: PictureSize | undefined
  /** Changes whenever the photo does. */
  version = 0
  private source: ViewerImage | undefined
  private address = ''
  private readonly context: CanvasRenderingContext2D | null
  private pixels: PixelImage | undefined
  private pixelsVersion = -1

  /** @param isRead true if {@link read} will be called for every picture */
  constructor(isRead: boolean) {
    this.context = this.canvas.getContext('2d', { willReadFrequently: isRead })
  }

  /**
   * Shows a picture, or none.
   *
   * @throws {InvalidArgumentError} if it has no pixels yet, or may not be read.
   */
  set(image: ViewerImage | undefined): void {
    if (image === undefined && this.size === undefined) return
    if (image !== undefined) this.draw(image)
    else this.size = undefined
    this.source = image
    this.version++
  }

  private draw(image: ViewerImage): void {
    const size = sizeOf(image)
    const scale = Math.min(1, LONGEST_SIDE / Math.max(size.width, size.height))
    const pixels = toImageData(image)
    const { canvas, context } = this
    if (!context) throw new InvalidArgumentError('image', 'a browser with 2D canvases', 'none')
    const width = Math.max(1, Math.round(size.width * scale))
    const height = Math.max(1, Math.round(size.height * scale))
    if (pixels && scale === 1) {
      resize(canvas, width, height)
      context.putImageData(pixels, 0, 0)
    } else {
      const drawable = pixels ? canvasOf(pixels) : (image as CanvasImageSource)
      const address = addressOf(image)
      if (image !== this.source || address !== this.address) checkReadable(drawable)
      this.address = address
      resize(canvas, width, height)
      context.clearRect(0, 0, width, height)
      context.drawImage(drawable, 0, 0, width, height)
    }
    this.size = size
  }

  /** The photo as pixels, for the software rasteriser; undefined if there is none. */
  read(): PixelImage | undefined {
    const { width, height } = this.canvas
    if (!this.size || !this.context) return undefined
    if (!this.pixels || this.pixelsVersion !== this.version) {
      const { data } = this.context.getImageData(0, 0, width, height)
      this.pixels = { data, width, height, channels: 4 }
      this.pixelsVersion = this.version
    }
    return this.pixels
  }
}

function resize(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
}

function sizeOf(image: ViewerImage): PictureSize {
  const size = { width: 0, height: 0 }
  if (image instanceof HTMLVideoElement) {
    size.width = image.videoWidth
    size.height = image.videoHeight
  } else if (image instanceof HTMLImageElement) {
    size.width = image.naturalWidth
    size.height = image.naturalHeight
  } else if (typeof image === 'object' && image !== null) {
    size.width = image.width
    size.height = image.height
  }
  if (size.width > 0 && size.height > 0) return size
  throw new InvalidArgumentError('image', 'a loaded picture or a playing video', image)
}

/** Where an element's picture comes from: an element may be given another one. */
function addressOf(image: ViewerImage): string {
  return 'currentSrc' in image ? image.currentSrc : ''
}

function canvasOf(pixels: ImageData): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  resize(canvas, pixels.width, pixels.height)
  canvas.getContext('2d')?.putImageData(pixels, 0, 0)
  return canvas
}

/** A canvas that another origin's picture was drawn into can never be shown: find out beforehand. */
function checkReadable(drawable: CanvasImageSource): void {
  const probe = document.createElement('canvas')
  resize(probe, 1, 1)
  const context = probe.getContext('2d')
  try {
    context?.drawImage(drawable, 0, 0, 1, 1)
    context?.getImageData(0, 0, 1, 1)
  } catch (error) {
    throw new InvalidArgumentError(
      'image',
      'a picture that this page may read (same origin, or CORS with crossorigin set)',
      error,
    )
  }
}
