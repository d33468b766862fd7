import type { View } from '../scene/view.ts'
import type { Navigation } from './navigation.ts'

/** Share of half the view that one press of an arrow moves by. */
const STEP = 0.15

interface Touch {
  x: number
  y: number
}

/** Moves and enlarges a flat picture, by mouse, touch or {@link turn}; what is aligned stays so. */
export class PictureNavigation implements Navigation {
  private enabled = false
  private hasWheel = false
  private readonly touches = new Map<number, Touch>()
  private readonly listeners = new AbortController()
  private readonly view: View
  private readonly canvas: HTMLCanvasElement
  private readonly onChange: () => void

  constructor(view: View, canvas: HTMLCanvasElement, onChange: () => void) {
    this.view = view
    this.canvas = canvas
    this.onChange = onChange
    const { signal } = this.listeners
    canvas.addEventListener('pointerdown', (event) => this.begin(event), { signal })
    canvas.addEventListener('pointermove', (event) => this.move(event), { signal })
    for (const type of ['pointerup', 'pointercancel'] as const) {
      canvas.addEventListener(type, (event) => this.touches.delete(event.pointerId), { signal })
    }
    canvas.addEventListener('wheel', (event) => this.wheel(event), { signal, passive: false })
  }

  turn(right: number, up: number): void {
    this.view.panBy(right * STEP, up * STEP)
    this.onChange()
  }

  zoom(factor: number): void {
    this.view.zoomAt(factor, 0, 0)
    this.onChange()
  }

  setEnabled(enabled: boolean): void {
    this.enabled = enabled
    this.touches.clear()
  }

  /** Wheels scroll the page unless the viewer has the focus. */
  setWheel(enabled: boolean): void {
    this.hasWheel = enabled
  }

  dispose(): void {
    this.listeners.abort()
  }

  private begin(event: PointerEvent): void {
    if (!this.enabled) return
    this.canvas.setPointerCapture(event.pointerId)
    this.touches.set(event.pointerId, this.placeOf(event))
  }

  private move(event: PointerEvent): void {
    const touch = this.touches.get(event.pointerId)
    if (!touch) return
    const { x, y } = this.placeOf(event)
    const other = [...this.touches.values()].find((candidate) => candidate !== touch)
    if (other) {
      const before = Math.hypot(touch.x - other.x, touch.y - other.y)
      const factor = before > 0 ? Math.hypot(x - other.x, y - other.y) / before : 1
      this.view.zoomAt(factor, (touch.x + other.x) / 2, (touch.y + other.y) / 2)
    }
    const share = 1 / this.touches.size
    this.view.panBy((touch.x - x) * share, (touch.y - y) * share)
    touch.x = x
    touch.y = y
    this.onChange()
  }

  private wheel(event: WheelEvent): void {
    if (!this.enabled || !this.hasWheel) return
    const { x, y } = this.placeOf(event)
    event.preventDefault()
    this.view.zoomAt(Math.exp(-event.deltaY / 500), x, y)
    this.onChange()
  }

  /** Where on the canvas: x right, y up, −1..1. */
  private placeOf({ clientX, clientY }: MouseEvent): Touch {
    const { left, top, width, height } = this.canvas.getBoundingClientRect()
    return { x: ((clientX - left) / width) * 2 - 1, y: 1 - ((clientY - top) / height) * 2 }
  }
}
