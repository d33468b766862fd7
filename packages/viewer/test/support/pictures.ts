import { onTestFinished } from 'vitest'
import { type CreateViewerOptions, createFaceViewer } from '../../src/viewer/create-face-viewer.ts'
import type { FaceViewer } from '../../src/viewer/face-viewer.ts'

/** An element of some size in the page, until the test ends. */
export function mount(width = 390, height = 260): HTMLElement {
  const container = document.createElement('div')
  Object.assign(container.style, { width: `${width}px`, height: `${height}px` })
  document.body.append(container)
  onTestFinished(() => container.remove())
  return container
}

/** A viewer in the page, until the test ends. */
export function openViewer(
  options: CreateViewerOptions = {},
  container: HTMLElement = mount(),
): FaceViewer {
  const viewer = createFaceViewer(container, options)
  onTestFinished(() => viewer.dispose())
  return viewer
}

/** What a viewer shows, read from its screenshot. */
export async function pixelsOf(viewer: FaceViewer): Promise<ImageData> {
  const bitmap = await createImageBitmap(await viewer.screenshot())
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

/** Mean difference of two pictures' samples, 0..255. */
export function meanDifference(
  a: { readonly data: ArrayLike<number> },
  b: { readonly data: ArrayLike<number> },
): number {
  let sum = 0
  for (let i = 0; i < a.data.length; i++) sum += Math.abs(a.data[i]! - b.data[i]!)
  return sum / a.data.length
}

/** The next picture of the screen. */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve))
}
