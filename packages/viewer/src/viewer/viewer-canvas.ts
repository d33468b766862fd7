import { KEYS, KEYS_HELP } from '../navigation/keyboard.ts'
import type { ShownFaces } from './shown-faces.ts'

/** A canvas that fills its container, takes the focus, and says what it is and what keys do. */
export function createViewerCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  Object.assign(canvas.style, { display: 'block', width: '100%', height: '100%' })
  // Colours are resolved with it, as they were chosen.
  canvas.style.setProperty('forced-color-adjust', 'none')
  canvas.tabIndex = 0
  canvas.setAttribute('role', 'application')
  canvas.setAttribute('aria-roledescription', '3D face viewer')
  canvas.setAttribute('aria-description', KEYS_HELP)
  canvas.setAttribute('aria-keyshortcuts', KEYS)
  return canvas
}

/** Device pixels a CSS pixel, at most: more costs much and shows little. */
const LARGEST_PIXEL_RATIO = 2

/** Size in device pixels of a canvas as the page has laid it out. */
export function sizeInPixels({ clientWidth, clientHeight }: HTMLCanvasElement): {
  readonly width: number
  readonly height: number
} {
  const ratio = Math.min(devicePixelRatio, LARGEST_PIXEL_RATIO)
  const toPixels = (length: number) => Math.max(1, Math.round(length * ratio))
  return { width: toPixels(clientWidth), height: toPixels(clientHeight) }
}

/** What a canvas shows, as PNG; null if it has no pixels. */
export function blobOf(canvas: HTMLCanvasElement): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve))
}

/** A colour as it is where the canvas is in its page: free of variables and the like. */
export function resolveColor(canvas: HTMLCanvasElement, color: string): string {
  canvas.style.color = color
  // Nothing is resolved outside a page.
  return getComputedStyle(canvas).color || color
}

/** Says how many faces are shown and which is in focus. */
export function labelCanvas(
  canvas: HTMLCanvasElement,
  { drawn }: ShownFaces,
  focused: number | null,
): void {
  const count = drawn.length === 1 ? '1 face' : `${drawn.length} faces`
  const label = focused === null ? count : `${count}, face ${focused + 1} in focus`
  if (canvas.ariaLabel !== label) canvas.ariaLabel = label
}
