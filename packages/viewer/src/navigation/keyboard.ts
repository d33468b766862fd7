/** What keys do. */
export interface KeyActions {
  turn(right: number, up: number): void
  zoom(factor: number): void
  resetView(): void
  /** Focuses the face that many places on. */
  stepFace(step: 1 | -1): void
  focusFace(index: null): void
  toggleAutoTurn(): void
  toggleFullScreen(): Promise<void>
}

/** For `aria-description`: what keys do, in words. */
export const KEYS_HELP =
  'Arrow keys turn the view, plus and minus zoom, Home resets. N and P go to the next and previous face, Escape shows all. T turns slowly, F fills the screen.'

/** For `aria-keyshortcuts`. */
export const KEYS = 'ArrowLeft ArrowRight ArrowUp ArrowDown Plus Minus Home N P Escape T F'

const ZOOM_STEP = 1.15

const ACTIONS: Readonly<Record<string, (actions: KeyActions) => void>> = {
  ArrowLeft: (actions) => actions.turn(-1, 0),
  ArrowRight: (actions) => actions.turn(1, 0),
  ArrowUp: (actions) => actions.turn(0, 1),
  ArrowDown: (actions) => actions.turn(0, -1),
  '+': (actions) => actions.zoom(ZOOM_STEP),
  '=': (actions) => actions.zoom(ZOOM_STEP),
  '-': (actions) => actions.zoom(1 / ZOOM_STEP),
  Home: (actions) => actions.resetView(),
  '0': (actions) => actions.resetView(),
  n: (actions) => actions.stepFace(1),
  p: (actions) => actions.stepFace(-1),
  Escape: (actions) => actions.focusFace(null),
  t: (actions) => actions.toggleAutoTurn(),
  // Where it is forbidden the key does nothing.
  f: (actions) => void actions.toggleFullScreen().catch(() => undefined),
}

/** Makes the focused canvas obey keys, until the signal. */
export function listenToKeys(
  canvas: HTMLCanvasElement,
  actions: KeyActions,
  signal: AbortSignal,
): void {
  const listener = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const action = Object.hasOwn(ACTIONS, key) ? ACTIONS[key] : undefined
    if (!action) return
    event.preventDefault()
    action(actions)
  }
  canvas.addEventListener('keydown', listener, { signal })
}
