import type { FeatureMap } from '../network/feature-map.ts'
import type { FaceFrame } from './face-frame.ts'

/** Points on a face at which maps are read bilinearly. */
export class GridPoints {
  /** Points from the face's centre, in its frame and sizes: u0, v0, u1, v1, …; callers may move them. */
  readonly points: Float64Array
  /** Places in network pixels. */
  private readonly x: Float64Array
  private readonly y: Float64Array
  /** The cell above and to the left of each point. */
  private readonly cells: Int32Array
  /** How far each point is from there, in cells. */
  private readonly right: Float64Array
  private readonly down: Float64Array

  /** @param points from the face's centre, in its frame and sizes: u0, v0, u1, v1, … */
  constructor(points: Float64Array) {
    const count = points.length / 2
    this.points = points
    this.x = new Float64Array(count)
    this.y = new Float64Array(count)
    this.cells = new Int32Array(count)
    this.right = new Float64Array(count)
    this.down = new Float64Array(count)
  }

  get count(): number {
    return this.points.length / 2
  }

  /** Lays the points over a face, whose maps are read next. */
  layOver({ centreX, centreY, size, cosine, sine }: FaceFrame): void {
    const { points, x, y } = this
    for (let point = 0; point < x.length; point++) {
      const u = size * points[2 * point]!
      const v = size * points[2 * point + 1]!
      x[point] = centreX + cosine * u - sine * v
      y[point] = centreY + sine * u + cosine * v
    }
  }

  /**
   * Writes a map's values at the points to `dst` from `start` on, the channels of a point together.
   *
   * What is beyond the map's border is on it.
   *
   * @param stride network pixels a cell
   * @param isRectified negative values become zero
   */
  read(
    map: FeatureMap,
    stride: number,
    isRectified: boolean,
    dst: Float32Array,
    start: number,
  ): void {
    this.place(map, stride)
    const { data, channels, rows, columns, cellStep, channelStep } = map
    const { cells, right, down } = this
    // (v + |v|) / 2: signs change too often for a branch to be foreseen.
    const [linear, folded] = isRectified ? [0.5, 0.5] : [1, 0]
    const toRight = columns > 1 ? cellStep : 0
    const toBelow = rows > 1 ? columns * cellStep : 0
    for (let point = 0, to = start; point < cells.length; point++) {
      const x = right[point]!
      const y = down[point]!
      let at = cells[point]! * cellStep
      for (const end = to + channels; to < end; to++, at += channelStep) {
        const left = data[at]!
        const lowerLeft = data[at + toBelow]!
        const above = left + x * (data[at + toRight]! - left)
        const below = lowerLeft + x * (data[at + toBelow + toRight]! - lowerLeft)
        const value = above + y * (below - above)
        dst[to] = linear * value + folded * Math.abs(value)
      }
    }
  }

  private place({ rows, columns }: FeatureMap, stride: number): void {
    const { x, y, cells, right, down } = this
    const lastLeft = Math.max(columns - 2, 0)
    const lastTop = Math.max(rows - 2, 0)
    for (let point = 0; point < cells.length; point++) {
      const across = Math.min(Math.max(x[point]! / stride, 0), columns - 1)
      const along = Math.min(Math.max(y[point]! / stride, 0), rows - 1)
      const column = Math.min(Math.floor(across), lastLeft)
      const row = Math.min(Math.floor(along), lastTop)
      cells[point] = row * columns + column
      right[point] = across - column
      down[point] = along - row
    }
  }
}
