import type { PixelImage } from '@retinaface/web'
import type { VideoSample } from 'mediabunny'

/** A canvas on which the browser turns frames into upright sRGB pixels, and back. */
export class FrameCanvas {
  readonly canvas: OffscreenCanvas
  private readonly context: OffscreenCanvasRenderingContext2D

  constructor(width: number, height: number) {
    this.canvas = new OffscreenCanvas(width, height)
    this.context = this.canvas.getContext('2d', { willReadFrequently: true, alpha: false })!
  }

  /** The pixels of a frame, RGBA. */
  read(sample: VideoSample): PixelImage {
    const { width, height } = this.canvas
    sample.draw(this.context, 0, 0, width, height)
    const { data } = this.context.getImageData(0, 0, width, height)
    return { data, width, height, channels: 4 }
  }

  /** Shows RGBA pixels of the canvas's size. */
  show({ data, width, height }: PixelImage): void {
    const pixels = new Uint8ClampedArray(data)
    this.context.putImageData(new ImageData(pixels, width, height), 0, 0)
  }
}
