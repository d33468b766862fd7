/** Pixels that a pointer may move between down and up in a click. */
const SLACK = 5

/** Calls `onClick` with places on the canvas (x right, y up, −1..1), until the signal. */
export function listenToClicks(
  canvas: HTMLCanvasElement,
  onClick: (x: number, y: number) => void,
  signal: AbortSignal,
): void {
  let down: { readonly id: number; readonly x: number; readonly y: number } | undefined
  canvas.addEventListener(
    'pointerdown',
    ({ pointerId, clientX, clientY, isPrimary, button }) => {
      const isPlain = isPrimary && button === 0
      down = isPlain ? { id: pointerId, x: clientX, y: clientY } : undefined
    },
    { signal },
  )
  canvas.addEventListener(
    'pointerup',
    ({ pointerId, clientX, clientY }) => {
      const start = down
      down = undefined
      if (start?.id !== pointerId) return
      if (Math.hypot(clientX - start.x, clientY - start.y) > SLACK) return
      const { left, top, width, height } = canvas.getBoundingClientRect()
      onClick(((clientX - left) / width) * 2 - 1, 1 - ((clientY - top) / height) * 2)
    },
    { signal },
  )
}
