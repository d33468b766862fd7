import {
  assertPixelImage,
  type CancelSignal,
  ImageReadError,
  type PixelImage,
} from '@retinaface/core'
import { explainDrawFailure } from './explain-draw-failure.ts'
import { type Drawable, openDrawable } from './open-drawable.ts'
import { nameSource, type WebImageSource } from './web-image-source.ts'

/** Reads pictures into upright 8-bit sRGB pixels on one canvas, which it uses again. */
export class PixelReader {
  private readonly pixelLimit: number
  private readonly canvas = new OffscreenCanvas(1, 1)
  private readonly context: OffscreenCanvasRenderingContext2D

  constructor(pixelLimit: number) {
    this.pixelLimit = pixelLimit
    // Kept in ordinary memory: every picture is read back.
    this.context = this.canvas.getContext('2d', { willReadFrequently: true })!
    // The last picture must not show through a transparent one.
    this.context.globalCompositeOperation = 'copy'
  }

  /** @throws {ImageReadError} saying what is wrong with the picture and what to do */
  async read(source: WebImageSource, signal?: CancelSignal): Promise<PixelImage> {
    const named = nameSource(source)
    if (named.kind === 'PixelImage') {
      assertPixelImage(named.source)
      return named.source
    }
    if (named.kind === 'ImageData') return this.convert(named.source)
    const drawable = await openDrawable(named, signal)
    try {
      this.assertWithinLimit(drawable)
      return this.draw(drawable)
    } finally {
      drawable.close()
    }
  }

  private convert(image: ImageData): PixelImage {
    const { data, width, height, colorSpace } = image
    if (colorSpace === 'srgb') return { data, width, height, channels: 4 } as PixelImage
    this.resize(width, height)
    this.context.putImageData(image, 0, 0)
    return this.pixels(width, height)
  }

  private draw({ image, name, width, height }: Drawable): PixelImage {
    this.resize(width, height)
    try {
      this.context.drawImage(image, 0, 0, width, height)
      return this.pixels(width, height)
    } catch (error) {
      throw new ImageReadError(name, explainDrawFailure(error), error)
    }
  }

  private resize(width: number, height: number): void {
    if (this.canvas.width === width && this.canvas.height === height) return
    this.canvas.width = width
    this.canvas.height = height
    this.context.globalCompositeOperation = 'copy'
  }

  private pixels(width: number, height: number): PixelImage {
    const { data } = this.context.getImageData(0, 0, width, height, { colorSpace: 'srgb' })
    return { data: data as Uint8ClampedArray, width, height, channels: 4 }
  }

  private assertWithinLimit({ name, width, height }: Drawable): void {
    if (width * height <= this.pixelLimit) return
    throw new ImageReadError(
      name,
      `it has ${width}×${height} pixels, more than the limit of ${this.pixelLimit}. Raise pixelLimit if you trust it.`,
    )
  }
}
