import type { Vector3 } from 'three'
import type { ShownFace } from '../face/shown-face.ts'
import type { ViewerOptions } from '../options/viewer-options.ts'
import type { Arrangement } from '../scene/arrange.ts'
import type { View } from '../scene/view.ts'
import type { Navigation } from './navigation.ts'
import { OrbitNavigation } from './orbit-navigation.ts'
import { PictureNavigation } from './picture-navigation.ts'

/** Looking about in whatever scene is shown. */
export class Interaction {
  private readonly orbit: OrbitNavigation
  private readonly picture: PictureNavigation
  private scene: ViewerOptions['scene'] = 'single'
  /** True until the user turns, zooms or focuses: then the view follows the scene's own. */
  private isHome = true
  private readonly listeners = new AbortController()
  private readonly view: View

  constructor(view: View, canvas: HTMLCanvasElement, onChange: () => void) {
    this.view = view
    const touched = () => {
      this.isHome = false
      onChange()
    }
    this.orbit = new OrbitNavigation(view, canvas, touched, onChange)
    this.picture = new PictureNavigation(view, canvas, touched)
    const { signal } = this.listeners
    canvas.addEventListener('focus', () => this.setWheel(true), { signal })
    canvas.addEventListener('blur', () => this.setWheel(false), { signal })
  }

  /** Begins with a scene as the photo shows it. */
  begin(scene: ViewerOptions['scene'], { target }: Arrangement): void {
    this.scene = scene
    this.isHome = true
    this.orbit.setEnabled(scene !== 'overlay')
    this.picture.setEnabled(scene === 'overlay')
    this.view.showAll()
    this.orbit.lookAt(target)
  }

  /** Goes along with a scene that has moved. */
  follow({ target }: Arrangement): void {
    if (this.isHome) this.orbit.lookAt(target)
    else if (this.scene === 'single') this.orbit.follow(target)
  }

  /** Brings a placed face close. */
  focus(centre: Vector3, { ball, placement }: ShownFace, { extent }: Arrangement): void {
    this.isHome = false
    const distance = centre.length()
    if (this.scene === 'overlay') {
      this.view.focus(centre, ball.radius * 1.6)
    } else {
      this.view.showAll()
      const half = Math.min(extent.width, extent.height)
      const radius = ball.radius * placement.matrix.getMaxScaleOnAxis()
      this.orbit.lookAt(centre, Math.min(distance, (radius * 2) / half))
    }
  }

  turn(right: number, up: number): void {
    this.navigation.turn(right, up)
  }

  zoom(factor: number): void {
    this.navigation.zoom(factor)
  }

  dispose(): void {
    this.listeners.abort()
    this.orbit.dispose()
    this.picture.dispose()
  }

  private get navigation(): Navigation {
    return this.scene === 'overlay' ? this.picture : this.orbit
  }

  private setWheel(enabled: boolean): void {
    this.orbit.setWheel(enabled)
    this.picture.setWheel(enabled)
  }
}
