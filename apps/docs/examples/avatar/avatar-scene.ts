import type { Keyframe } from '@retinaface/mesh-decoder'
import {
  Box3,
  DirectionalLight,
  HemisphereLight,
  type Object3D,
  PerspectiveCamera,
  Scene,
  Vector3,
  WebGLRenderer,
} from 'three'

/** What is driven by a face. */
export interface Avatar {
  readonly object: Object3D
  /** The middle of its head, and how high that is; metres. */
  readonly head: { readonly centre: Vector3; readonly height: number }
  drive(face: Keyframe, elapsed: number): void
  dispose(): void
}

/** Shows an avatar's head as a mirror would. */
export class AvatarScene {
  private readonly scene = new Scene()
  private readonly camera = new PerspectiveCamera(22, 1, 0.05, 50)
  private readonly renderer = new WebGLRenderer({ antialias: true, alpha: true })
  private readonly resizes = new ResizeObserver(() => this.draw())
  private readonly container: HTMLElement
  private avatar: Avatar | undefined
  private time = 0

  constructor(container: HTMLElement) {
    this.container = container
    const { domElement } = this.renderer
    domElement.className = 'mirrored'
    domElement.setAttribute('role', 'img')
    domElement.ariaLabel = 'An avatar that does what you do'
    const sun = new DirectionalLight('#fff', 2)
    sun.position.set(-0.5, 0.7, 1)
    this.scene.add(new HemisphereLight('#fff', '#777', 1.6), sun)
    container.append(domElement)
    this.resizes.observe(container)
  }

  /** Shows an avatar instead of the one before. */
  show(avatar: Avatar): void {
    if (this.avatar) {
      this.scene.remove(this.avatar.object)
      this.avatar.dispose()
    }
    this.avatar = avatar
    this.scene.add(avatar.object)
    const { centre, height } = avatar.head
    this.camera.position.copy(centre)
    this.camera.position.z += (0.65 * height) / Math.tan((this.camera.fov * Math.PI) / 360)
    this.camera.lookAt(centre)
    this.draw()
  }

  drive(face: Keyframe): void {
    const elapsed = Math.min(0.1, Math.max(0, face.time - this.time))
    this.time = face.time
    this.avatar?.drive(face, elapsed)
    this.draw()
  }

  dispose(): void {
    this.resizes.disconnect()
    this.avatar?.dispose()
    this.renderer.dispose()
    this.renderer.forceContextLoss()
    this.renderer.domElement.remove()
  }

  private draw(): void {
    const { clientWidth: width, clientHeight: height } = this.container
    if (width === 0 || height === 0) return
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio))
    this.renderer.setSize(width, height)
    this.camera.aspect = width / height
    this.camera.updateProjectionMatrix()
    this.renderer.render(this.scene, this.camera)
  }
}

/** The middle of an object and its height. */
export function extentOf(object: Object3D): Avatar['head'] {
  const box = new Box3().setFromObject(object)
  return { centre: box.getCenter(new Vector3()), height: box.getSize(new Vector3()).y }
}
