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
  /** Where a pointer is, in the image's pixels; beyond its sides where the pointer is. */
  pointAt(event: PointerEvent): readonly [x: number, y: number]
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
      // What was shown before would be seen through a translucent image.
      context.clearRect(0, 0, width, height)
      context.drawImage(image, 0, 0)
      draw?.(context, imagePixels(canvas))
    },
    pointAt: ({ clientX, clientY }) => {
      const { left, top, width, height } = canvas.getBoundingClientRect()
      const [fromMiddle, fromCentre] = [clientX - left - width / 2, clientY - top - height / 2]
      const scale = imagePixels(canvas)
      return [canvas.width / 2 + fromMiddle * scale, canvas.height / 2 + fromCentre * scale]
    },
  }
}

/** How many of the image's pixels a pixel of the screen is; `object-fit: contain` leaves margins. */
function imagePixels({ width, height, clientWidth, clientHeight }: HTMLCanvasElement): number {
  return clientWidth > 0 ? Math.max(width / clientWidth, height / clientHeight) : 1
}

function sizeOf(image: ImageBitmap | HTMLVideoElement | HTMLCanvasElement): [number, number] {
  return 'videoWidth' in image ? [image.videoWidth, image.videoHeight] : [image.width, image.height]
}
