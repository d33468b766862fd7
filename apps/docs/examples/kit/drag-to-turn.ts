import type { Pose } from '@retinaface/mesh-decoder'

const keys: Readonly<Record<string, readonly [yaw: number, pitch: number]>> = {
  ArrowLeft: [-5, 0],
  ArrowRight: [5, 0],
  ArrowUp: [0, 5],
  ArrowDown: [0, -5],
}

/** A pose that the visitor changes by dragging over an element or by its arrow keys. */
export function dragToTurn(element: HTMLElement, onTurn: () => void): Pose {
  const pose = { yaw: 0, pitch: 0, roll: 0 }
  const turn = (yaw: number, pitch: number) => {
    pose.yaw = Math.max(-80, Math.min(80, pose.yaw + yaw))
    pose.pitch = Math.max(-60, Math.min(60, pose.pitch + pitch))
    onTurn()
  }
  element.tabIndex = 0
  element.setAttribute('role', 'application')
  element.addEventListener('pointerdown', ({ pointerId }) => element.setPointerCapture(pointerId))
  element.addEventListener('pointermove', ({ buttons, movementX, movementY }) => {
    if (buttons !== 0) turn(movementX / 3, -movementY / 3)
  })
  element.addEventListener('keydown', (event) => {
    const step = keys[event.key]
    if (!step) return
    event.preventDefault()
    turn(...step)
  })
  return pose
}
