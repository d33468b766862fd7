import { checkLength } from './check-length.ts'

/** θ below which the quotients are summed as series: there they lose digits to cancellation. */
const SERIES_BELOW = 0.1

/** [sin θ / θ, (1 − cos θ) / θ², and the derivative of each by θ, divided by θ]. */
function coefficients(theta: number): readonly [number, number, number, number] {
  const square = theta * theta
  if (theta < SERIES_BELOW) {
    return [
      1 - (square / 6) * (1 - (square / 20) * (1 - square / 42)),
      0.5 - (square / 24) * (1 - (square / 30) * (1 - square / 56)),
      -1 / 3 + (square / 30) * (1 - (square / 28) * (1 - square / 54)),
      -1 / 12 + (square / 180) * (1 - (square * 3) / 112),
    ]
  }
  const sin = Math.sin(theta)
  const cos = Math.cos(theta)
  return [
    sin / theta,
    (1 - cos) / square,
    (theta * cos - sin) / (square * theta),
    (theta * sin - 2 * (1 - cos)) / (square * square),
  ]
}

/**
 * The rotation matrix ([3, 3], row-major) of a rotation vector ([3], axis times angle, radians).
 *
 * Rodrigues' formula, R = cos θ I + (sin θ / θ) [ω]× + ((1 − cos θ) / θ²) ω ωᵀ.
 *
 * @throws InvalidArgumentError if `omega` is not of length 3.
 */
export function rotationMatrix(
  omega: ArrayLike<number>,
  dst: Float64Array = new Float64Array(9),
): Float64Array {
  checkLength('omega', omega, 3)
  const x = omega[0]!
  const y = omega[1]!
  const z = omega[2]!
  const theta = Math.hypot(x, y, z)
  const [a, b] = coefficients(theta)
  const cos = Math.cos(theta)
  dst[0] = cos + b * x * x
  dst[1] = b * x * y - a * z
  dst[2] = b * x * z + a * y
  dst[3] = b * x * y + a * z
  dst[4] = cos + b * y * y
  dst[5] = b * y * z - a * x
  dst[6] = b * x * z - a * y
  dst[7] = b * y * z + a * x
  dst[8] = cos + b * z * z
  return dst
}

/**
 * The gradient by a rotation vector ([3]), from the gradient by its matrix ([3, 3], row-major).
 *
 * @throws InvalidArgumentError if an array has another length.
 */
export function rotationMatrixBackward(
  omega: ArrayLike<number>,
  gradient: ArrayLike<number>,
  dst: Float64Array = new Float64Array(3),
): Float64Array {
  checkLength('omega', omega, 3)
  checkLength('gradient', gradient, 9)
  const w = [omega[0]!, omega[1]!, omega[2]!] as const
  const g = gradient
  const [a, b, aSlope, bSlope] = coefficients(Math.hypot(...w))
  const trace = g[0]! + g[4]! + g[8]!
  const skew = [g[7]! - g[5]!, g[2]! - g[6]!, g[3]! - g[1]!] as const
  const symmetric = [0, 1, 2].map((i) =>
    [0, 1, 2].reduce((sum, j) => sum + (g[i * 3 + j]! + g[j * 3 + i]!) * w[j]!, 0),
  )
  const skewDot = skew[0] * w[0] + skew[1] * w[1] + skew[2] * w[2]
  const quadratic = (symmetric[0]! * w[0] + symmetric[1]! * w[1] + symmetric[2]! * w[2]) / 2
  const along = -a * trace + aSlope * skewDot + bSlope * quadratic
  for (let i = 0; i < 3; i++) dst[i] = w[i]! * along + a * skew[i]! + b * symmetric[i]!
  return dst
}
