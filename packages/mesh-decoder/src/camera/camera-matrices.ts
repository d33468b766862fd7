import { mat4 } from 'gl-matrix'
import { checkLength } from './check-length.ts'
import type { Pinhole } from './pinhole.ts'
import { rotationMatrix } from './rotation-matrix.ts'

/** A rectangle of pixels that a pinhole camera looks through, and the depths it keeps. */
export interface Viewport {
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Distances of the clipping planes from the camera, centimetres. */
  readonly near: number
  readonly far: number
}

/**
 * OpenGL's projection matrix ([4, 4], column-major) of a pinhole over a viewport, for three.js'
 * `camera.projectionMatrix.fromArray`.
 *
 * The principal point may lie anywhere, even outside the viewport, so the mesh falls on the photo
 * exactly where {@link toScreen} puts it.
 */
export function projectionMatrix(
  pinhole: Pinhole,
  viewport: Viewport,
  dst: mat4 = mat4.create(),
): mat4 {
  const { focalLength, principalX, principalY } = pinhole
  const { width, height, near, far } = viewport
  const scale = near / focalLength
  const left = -principalX * scale
  const top = principalY * scale
  return mat4.frustum(dst, left, left + width * scale, top - height * scale, top, near, far) as mat4
}

/**
 * The matrix ([4, 4], column-major) that takes the canonical frame to the camera frame of a P_cam
 * ([7]): a mesh's `matrix` in three.js, with the camera at the origin.
 *
 * @throws InvalidArgumentError if `camera` is not of length 7.
 */
export function modelViewMatrix(camera: ArrayLike<number>, dst: mat4 = mat4.create()): mat4 {
  checkLength('camera', camera, 7)
  const r = rotationMatrix([camera[3]!, camera[4]!, camera[5]!])
  return mat4.set(
    dst,
    ...([r[0]!, r[3]!, r[6]!, 0] as const),
    ...([r[1]!, r[4]!, r[7]!, 0] as const),
    ...([r[2]!, r[5]!, r[8]!, 0] as const),
    ...([camera[0]!, camera[1]!, camera[2]!, 1] as const),
  )
}
