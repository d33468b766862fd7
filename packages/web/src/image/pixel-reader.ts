import {
  assertPixelImage,
  type CancelSignal,
  ImageReadError,
  type ImageSize,
  type PixelImage,
} from '@retinaface/core'
import type { ShrinkPlan, ShrunkenImage } from '@retinaface/core/platform'
import { explainDrawFailure } from './explain-draw-failure.ts'
import type { LoadedSource } from './load-source.ts'
import { type Drawable, openDrawable } from './open-drawable.ts'

/** Reads pictures into upright 8-bit sRGB pixels on one canvas, which it uses again. */
export class PixelReader {
  private readonly pixelLimit: number
  private readonly canvas = new OffscreenCanvas(1, 1)
  private readonly context: OffscreenCanvasRenderingContext2D

  constructor(pixelLimit: number) {
    this.pixelLimit = pixelLimit
    // Kept in ordinary memory: every picture is read back.
    this.context = this.canvas.getContext('2d', { willReadFrequently: true })!
    this.prepareContext()
  }

  /**
   * @param shrink what is drawn may be drawn smaller; pixels come back as they are
   * @throws {ImageReadError} saying what is wrong with the picture and what to do, and the reason of
   * `signal`
   */
  async read(
    named: LoadedSource,
    signal?: CancelSignal,
    shrink?: ShrinkPlan,
  ): Promise<PixelImage | ShrunkenImage> {
    if (named.kind === 'PixelImage') {
      assertPixelImage(named.source)
      return named.source
    }
    if (named.kind === 'ImageData') return this.convert(named.source)
    const drawable = await openDrawable(named, shrink)
    try {
      signal?.throwIfAborted()
      this.assertWithinLimit(drawable)
      const { width, height } = drawable
      const size = shrink?.sizeFor({ width, height })
      if (!size || !shrink) return this.draw(drawable, drawable)
      const whole = shrink.keepWhole ? { whole: this.draw(drawable, drawable) } : {}
      return { pixels: this.draw(drawable, size), ...whole, width, height }
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

  private draw({ image, name, drawnWidth }: Drawable, { width, height }: ImageSize): PixelImage {
    this.resize(width, height)
    // Drawn at less than half its size, a picture would lose pixels in the usual way.
    this.context.imageSmoothingQuality = drawnWidth > 2 * width ? 'medium' : 'low'
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
    this.prepareContext()
  }

  /** A change of the canvas's size resets all this. */
  private prepareContext(): void {
    // The last picture must not show through a transparent one.
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
