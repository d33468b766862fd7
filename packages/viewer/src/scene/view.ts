import { type Matrix4, PerspectiveCamera, type Vector3 } from 'three'
import type { Arrangement } from './arrange.ts'

const LARGEST_ZOOM = 40

/**
 * The viewer's own camera: where it is, and which part of the arrangement's extent it shows. Tangents
 * are lengths at distance 1 before the camera.
 */
export class View {
  readonly camera: PerspectiveCamera = new PerspectiveCamera()
  /** Width by height of the canvas. */
  aspect = 1
  /** How much closer than the whole extent. */
  zoom = 1
  /** Middle of the view, tangents to the right and upwards. */
  right = 0
  up = 0
  private readonly extent: Arrangement['extent']

  /** @param extent of the arrangement that is looked at, whenever that changes */
  constructor(extent: Arrangement['extent']) {
    this.extent = extent
  }

  /** Scene to camera; of the last {@link project}. */
  get matrix(): Matrix4 {
    return this.camera.matrixWorldInverse
  }

  /** Half the height of all that has to be seen. */
  private get whole(): number {
    return Math.max(this.extent.height, this.extent.width / this.aspect)
  }

  private get halfHeight(): number {
    return this.whole / this.zoom
  }

  /** Shows the whole extent from where the camera is. */
  showAll(): void {
    this.zoom = 1
    this.right = 0
    this.up = 0
  }

  /** Moves the view's middle by shares of half the view, to the right and upwards. */
  panBy(right: number, up: number): void {
    this.right += right * this.halfHeight * this.aspect
    this.up += up * this.halfHeight
  }

  /** Comes closer by a factor; the place (x right, y up, −1..1) stays where it is. */
  zoomAt(factor: number, x: number, y: number): void {
    const zoom = Math.min(LARGEST_ZOOM, Math.max(1, this.zoom * factor))
    const gain = 1 - this.zoom / zoom
    this.panBy(x * gain, y * gain)
    this.zoom = zoom
  }

  /** Shows, from the origin, a ball that is in front of it. */
  focus({ x, y, z }: Vector3, radius: number): void {
    const half = radius / -z / Math.min(1, this.aspect)
    this.zoom = Math.min(LARGEST_ZOOM, Math.max(1, this.whole / half))
    this.right = x / -z
    this.up = y / -z
  }

  /** Writes the camera's matrices for what has to be seen. */
  project({ faces, depth }: Arrangement): void {
    const { camera, aspect, whole, halfHeight } = this
    this.right = within(this.right, (whole - halfHeight) * aspect)
    this.up = within(this.up, whole - halfHeight)
    camera.updateMatrixWorld()
    const far = 2 * (camera.position.length() + depth)
    const near = Math.max(0.5, this.nearest(faces) / 2)
    const halfWidth = halfHeight * aspect
    camera.fov = (2 * Math.atan(halfHeight) * 180) / Math.PI
    camera.aspect = aspect
    camera.near = near
    camera.far = far
    camera.projectionMatrix.makePerspective(
      (this.right - halfWidth) * near,
      (this.right + halfWidth) * near,
      (this.up + halfHeight) * near,
      (this.up - halfHeight) * near,
      near,
      far,
    )
    camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert()
  }

  /** Distance of the nearest face's edge. */
  private nearest(faces: Arrangement['faces']): number {
    const m = this.matrix.elements
    let nearest = Number.POSITIVE_INFINITY
    for (const { placement, ball } of faces) {
      const e = placement.matrix.elements
      const scale = Math.hypot(e[8]!, e[9]!, e[10]!)
      const z = m[2]! * e[12]! + m[6]! * e[13]! + m[10]! * e[14]! + m[14]!
      const reach = Math.hypot(...ball.centre) + ball.radius
      nearest = Math.min(nearest, -z - reach * Math.max(1, scale))
    }
    return nearest === Number.POSITIVE_INFINITY ? 1 : nearest
  }
}

function within(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value))
}
