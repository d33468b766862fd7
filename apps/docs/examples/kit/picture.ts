import { element } from './element.ts'

/** A picture with things drawn over it, in the picture's own pixels. */
export interface Picture {
  readonly canvas: HTMLCanvasElement
  /**
   * Shows an image and draws over it.
   *
   * @param draw is given a context in the image's pixels, and how many of them a pixel of the screen is
   */
  show(
    image: ImageBitmap | HTMLVideoElement | HTMLCanvasElement,
    draw?: (context: CanvasRenderingContext2D, screenPixel: number) => void,
  ): void
}

/** An empty picture in `parent`. */
export function picture(parent: HTMLElement, label: string): Picture {
  const canvas = element('canvas', { className: 'example-picture', width: 1280, height: 640 })
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', label)
  parent.append(canvas)
  return {
    canvas,
    show: (image, draw) => {
      const [width, height] = sizeOf(image)
      if (canvas.width !== width || canvas.height !== height)
        Object.assign(canvas, { width, height })
      const context = canvas.getContext('2d')!
      context.drawImage(image, 0, 0)
      draw?.(context, width / (canvas.clientWidth || width))
    },
  }
}

function sizeOf(image: ImageBitmap | HTMLVideoElement | HTMLCanvasElement): [number, number] {
  return 'videoWidth' in image ? [image.videoWidth, image.videoHeight] : [image.width, image.height]
}
