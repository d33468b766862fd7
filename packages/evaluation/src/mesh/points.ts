import { EvaluationError } from '../evaluation-error.ts'

/** Points `[x, y]` or `[x, y, z]` in image pixels; z is a depth whose zero is not defined. */
export type Points = readonly (readonly number[])[]

/** `[x1, y1, x2, y2]` in image pixels. */
export type PixelBox = readonly [x1: number, y1: number, x2: number, y2: number]

/** Mean distance in the image, in pixels, of as many points as are expected. */
export function meanDistance2d(predicted: Points, expected: Points): number {
  return mean(expected, ([x, y], i) => Math.hypot(predicted[i]![0]! - x!, predicted[i]![1]! - y!))
}

/**
 * Mean distance in space, in pixels, of as many points as are expected, after the mean depths are
 * made equal: from a picture the distance to the camera is not seen, and every method puts the zero
 * of its depth elsewhere.
 */
export function meanDistance3d(predicted: Points, expected: Points): number {
  const depth = mean(expected, ([, , z], i) => predicted[i]![2]! - z!)
  return mean(expected, ([x, y, z], i) => {
    const [px, py, pz] = predicted[i]!
    return Math.hypot(px! - x!, py! - y!, pz! - depth - z!)
  })
}

/** The square root of a box's area, in pixels: the size that errors are divided by. @throws {EvaluationError} if the box is empty. */
export function boxSize([x1, y1, x2, y2]: PixelBox): number {
  const size = Math.sqrt((x2 - x1) * (y2 - y1))
  if (size > 0) return size
  throw new EvaluationError(
    `Expected a box with an area but received [${x1}, ${y1}, ${x2}, ${y2}].`,
  )
}

/** The smallest box around points. */
export function boundingBox(points: Points): PixelBox {
  const xs = points.map(([x]) => x!)
  const ys = points.map(([, y]) => y!)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

/** @throws {EvaluationError} if there are too few points or one is not of finite numbers. */
export function assertPoints(points: Points, count: number, dimensions: 2 | 3, name: string): void {
  if (points.length < count) {
    throw new EvaluationError(`Expected ${count} points for ${name} but received ${points.length}.`)
  }
  const isPoint = (point: readonly number[]) =>
    point.length >= dimensions && point.every(Number.isFinite)
  const broken = points.findIndex((point) => !isPoint(point))
  if (broken < 0) return
  throw new EvaluationError(
    `Expected ${dimensions} finite numbers for each point of ${name} but point ${broken} is [${points[broken]!.join(', ')}].`,
  )
}

function mean(points: Points, value: (point: readonly number[], index: number) => number): number {
  return points.reduce((sum, point, i) => sum + value(point, i), 0) / points.length
}
