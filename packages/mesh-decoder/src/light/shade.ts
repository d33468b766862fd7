import { checkLength, checkRows } from '../camera/check-length.ts'

/** What light falls on, one row a vertex. */
export interface Surface {
  /** [vertices, 3] camera frame, centimetres. */
  readonly positions: Float32Array
  /** [vertices, 3] unit normals, camera axes. */
  readonly normals: Float32Array
  /** [vertices, 3] red, green and blue reflectance, sRGB-encoded, 0..1. */
  readonly colors: Float32Array
}

/** Gradients by all that {@link shade} reads; {@link shadeBackward} adds to them. */
export interface ShadeGradients {
  /** [vertices, 3]. */
  readonly positions: Float32Array
  /** [vertices, 3]. */
  readonly normals: Float32Array
  /** [vertices, 3]. */
  readonly colors: Float32Array
  /** [7] by P_cam, of which only the place of the canonical origin matters. */
  readonly camera: Float32Array
  /** [9] by P_ill. */
  readonly light: Float32Array
}

/**
 * The colours ([vertices, 3], not clipped to 0..1) of a surface under the light P_ill ([9]), seen by
 * the camera P_cam ([7]).
 *
 * Lambert's law with one point light and an ambient term, ρ (a + c max(0, n · l)): the illumination
 * of the paper's dense regression branch, as docs/coordinate-frames.md defines it.
 *
 * @throws InvalidArgumentError if the arrays' lengths do not fit.
 */
export function shade(
  surface: Surface,
  camera: ArrayLike<number>,
  light: ArrayLike<number>,
  dst: Float32Array = new Float32Array(surface.positions.length),
): Float32Array {
  checkSurface(surface, camera, light)
  checkLength('dst', dst, surface.positions.length)
  const { positions, normals, colors } = surface
  const lightX = camera[0]! + light[0]!
  const lightY = camera[1]! + light[1]!
  const lightZ = camera[2]! + light[2]!
  for (let i = 0; i < dst.length; i += 3) {
    const x = lightX - positions[i]!
    const y = lightY - positions[i + 1]!
    const z = lightZ - positions[i + 2]!
    const facing = normals[i]! * x + normals[i + 1]! * y + normals[i + 2]! * z
    const diffuse = facing > 0 ? facing / Math.sqrt(x * x + y * y + z * z) : 0
    dst[i] = colors[i]! * (light[6]! + light[3]! * diffuse)
    dst[i + 1] = colors[i + 1]! * (light[7]! + light[4]! * diffuse)
    dst[i + 2] = colors[i + 2]! * (light[8]! + light[5]! * diffuse)
  }
  return dst
}

/**
 * Adds to `gradients` what follows from the gradient by the colours of {@link shade} ([vertices, 3]).
 *
 * @throws InvalidArgumentError if the arrays' lengths do not fit.
 */
export function shadeBackward(
  surface: Surface,
  camera: ArrayLike<number>,
  light: ArrayLike<number>,
  gradient: Float32Array,
  gradients: ShadeGradients,
): void {
  checkSurface(surface, camera, light)
  checkLength('gradient', gradient, surface.positions.length)
  const { positions, normals, colors } = surface
  const byLight = new Float64Array(9)
  const way = new Float64Array(3)
  for (let i = 0; i < gradient.length; i += 3) {
    let square = 0
    let facing = 0
    for (let k = 0; k < 3; k++) {
      way[k] = camera[k]! + light[k]! - positions[i + k]!
      square += way[k]! ** 2
      facing += way[k]! * normals[i + k]!
    }
    const inverse = facing > 0 ? 1 / Math.sqrt(square) : 0
    const diffuse = facing * inverse
    let byDiffuse = 0
    for (let k = 0; k < 3; k++) {
      const byFactor = gradient[i + k]! * colors[i + k]!
      gradients.colors[i + k]! += gradient[i + k]! * (light[6 + k]! + light[3 + k]! * diffuse)
      byLight[6 + k]! += byFactor
      byLight[3 + k]! += byFactor * diffuse
      byDiffuse += byFactor * light[3 + k]!
    }
    for (let k = 0; k < 3; k++) {
      const direction = way[k]! * inverse
      const byWay = byDiffuse * inverse * (normals[i + k]! - direction * diffuse)
      gradients.normals[i + k]! += byDiffuse * direction
      gradients.positions[i + k]! -= byWay
      byLight[k]! += byWay
    }
  }
  for (let k = 0; k < 9; k++) gradients.light[k]! += byLight[k]!
  for (let k = 0; k < 3; k++) gradients.camera[k]! += byLight[k]!
}

function checkSurface(
  { positions, normals, colors }: Surface,
  camera: ArrayLike<number>,
  light: ArrayLike<number>,
): void {
  checkRows('surface.positions', positions, 3)
  checkLength('surface.normals', normals, positions.length)
  checkLength('surface.colors', colors, positions.length)
  checkLength('camera', camera, 7)
  checkLength('light', light, 9)
}
