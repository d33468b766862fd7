import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'

/** A point `[x, y]`. */
export type Point = readonly [x: number, y: number]

/**
 * An affine map of the plane, row-major `[a, b, c, d, e, f]`: x' = a·x + b·y + c, y' = d·x + e·y + f.
 */
export type AffineTransform = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
]

/**
 * The similarity transform (rotation, uniform scale, translation; no reflection) that takes `from`
 * to `to` with the least sum of squared distances.
 *
 * Umeyama's estimate ("Least-squares estimation of transformation parameters between two point
 * patterns", 1991), which in the plane has a closed form: with points as complex numbers about their
 * means, the linear part is Σ conj(p)·q / Σ |p|².
 *
 * @throws {InvalidArgumentError} if the lists differ in length, hold fewer than two points or all
 * points of `from` coincide.
 */
export function similarityTransform(from: readonly Point[], to: readonly Point[]): AffineTransform {
  if (from.length !== to.length || from.length < 2) {
    throw new InvalidArgumentError(
      'from and to',
      'two lists of the same length, at least two points each',
      `${from.length} and ${to.length} points`,
    )
  }
  const [fromX, fromY] = meanPoint(from)
  const [toX, toY] = meanPoint(to)
  let real = 0
  let imaginary = 0
  let spread = 0
  for (let i = 0; i < from.length; i++) {
    const px = from[i]![0] - fromX
    const py = from[i]![1] - fromY
    const qx = to[i]![0] - toX
    const qy = to[i]![1] - toY
    real += px * qx + py * qy
    imaginary += px * qy - py * qx
    spread += px * px + py * py
  }
  if (!(spread > 0)) {
    throw new InvalidArgumentError('from', 'points that do not all coincide', 'coinciding points')
  }
  const a = real / spread
  const b = imaginary / spread
  return [a, -b, toX - a * fromX + b * fromY, b, a, toY - b * fromX - a * fromY]
}

/** The map that undoes `transform`. */
export function invertTransform([a, b, c, d, e, f]: AffineTransform): AffineTransform {
  const determinant = a * e - b * d
  if (determinant === 0 || !Number.isFinite(determinant)) {
    throw new InvalidArgumentError('transform', 'an invertible transform', 'a singular one')
  }
  const ia = e / determinant
  const ib = -b / determinant
  const id = -d / determinant
  const ie = a / determinant
  return [ia, ib, -(ia * c + ib * f), id, ie, -(id * c + ie * f)]
}

/** Where `transform` takes a point. */
export function transformPoint([a, b, c, d, e, f]: AffineTransform, [x, y]: Point): Point {
  return [a * x + b * y + c, d * x + e * y + f]
}

function meanPoint(points: readonly Point[]): Point {
  let x = 0
  let y = 0
  for (const point of points) {
    x += point[0]
    y += point[1]
  }
  return [x / points.length, y / points.length]
}
