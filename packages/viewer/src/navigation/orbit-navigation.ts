import { MathUtils, Spherical, type Vector3 } from 'three'
import { OrbitControls } from 'three/addons/controls/OrbitControls.js'
import type { View } from '../scene/view.ts'
import type { Navigation } from './navigation.ts'

/** Radians that one press of an arrow turns by. */
const STEP = Math.PI / 36
const LARGEST_ANGLE = MathUtils.degToRad(100)

/** Turns about a place in the scene, by mouse, touch or {@link turn}. */
export class OrbitNavigation implements Navigation {
  private readonly controls: OrbitControls
  private readonly offset = new Spherical()
  private readonly listeners = new AbortController()
  private hasWheel = false
  private readonly view: View
  private readonly onTouch: () => void

  constructor(view: View, canvas: HTMLCanvasElement, onTouch: () => void, onChange: () => void) {
    this.view = view
    this.onTouch = onTouch
    this.controls = new OrbitControls(view.camera, canvas)
    this.controls.enableDamping = false
    this.controls.minAzimuthAngle = -LARGEST_ANGLE
    this.controls.maxAzimuthAngle = LARGEST_ANGLE
    this.controls.addEventListener('start', onTouch)
    this.controls.addEventListener('change', onChange)
    // Fingers always zoom. The controls have one switch for them and the wheel, so it is set first.
    const early = { signal: this.listeners.signal, capture: true, passive: true }
    canvas.addEventListener('wheel', () => this.allowZoom(this.hasWheel), early)
    canvas.addEventListener('pointerdown', () => this.allowZoom(true), early)
  }

  /** Looks at `target` from `distance` in front of it, or from the origin if none is given. */
  lookAt(target: Vector3, distance?: number): void {
    const { controls } = this
    const { camera } = this.view
    controls.target.copy(target)
    camera.position.set(0, 0, 0)
    if (distance !== undefined) camera.position.lerp(target, 1 - distance / target.length())
    controls.minDistance = camera.position.distanceTo(target) / 8
    controls.maxDistance = target.length() * 4
    camera.lookAt(target)
    controls.update()
  }

  /** Keeps its angle and distance to a place that moves. */
  follow(target: Vector3): void {
    const { position } = this.view.camera
    position.sub(this.controls.target).add(target)
    this.controls.target.copy(target)
    this.controls.update()
  }

  turn(right: number, up: number): void {
    this.moveBy((offset) => {
      offset.theta += right * STEP
      offset.phi -= up * STEP
    })
  }

  zoom(factor: number): void {
    this.moveBy((offset) => {
      offset.radius /= factor
    })
  }

  /** Wheels scroll the page unless the viewer has the focus. */
  setWheel(enabled: boolean): void {
    this.hasWheel = enabled
  }

  setEnabled(enabled: boolean): void {
    this.controls.enabled = enabled
  }

  dispose(): void {
    this.listeners.abort()
    this.controls.dispose()
  }

  private allowZoom(isAllowed: boolean): void {
    this.controls.enableZoom = isAllowed
  }

  private moveBy(change: (offset: Spherical) => void): void {
    const { position } = this.view.camera
    position.sub(this.controls.target)
    change(this.offset.setFromVector3(position))
    position.setFromSpherical(this.offset.makeSafe()).add(this.controls.target)
    this.controls.update()
    this.onTouch()
  }
}
