import type { FaceFrame } from './face-frame.ts'
import type { FeatureMap } from './feature-map.ts'

/** The points of a grid over a face, at which maps are read bilinearly. */
export class GridPoints {
  private readonly points: readonly (readonly [number, number])[]
  /** Places in network pixels. */
  private readonly x: Float64Array
  private readonly y: Float64Array
  /** The cell above and to the left of each point, in a plane of the map. */
  private readonly cells: Int32Array
  /** How far each point is from there, in cells. */
  private readonly right: Float64Array
  private readonly down: Float64Array

  /** @param points from the face's centre, in its frame and sizes */
  constructor(points: readonly (readonly [number, number])[]) {
    this.points = points
    this.x = new Float64Array(points.length)
    this.y = new Float64Array(points.length)
    this.cells = new Int32Array(points.length)
    this.right = new Float64Array(points.length)
    this.down = new Float64Array(points.length)
  }

  /** Lays the grid over a face, whose maps are read next. */
  layOver({ centreX, centreY, size, cosine, sine }: FaceFrame): void {
    for (let point = 0; point < this.points.length; point++) {
      const [u, v] = this.points[point]!
      this.x[point] = centreX + size * (cosine * u - sine * v)
      this.y[point] = centreY + size * (sine * u + cosine * v)
    }
  }

  /**
   * Writes a map's values at the points to `dst` from `start` on, the channels of a point together.
   *
   * What is beyond the map's border is on it.
   *
   * @param stride network pixels a cell
   * @param least smaller values become this
   */
  read(map: FeatureMap, stride: number, least: number, dst: Float32Array, start: number): void {
    const { data, channels, rows, columns } = map
    const { cells, right, down } = this
    this.place(map, stride)
    const toRight = columns > 1 ? 1 : 0
    const toBelow = rows > 1 ? columns : 0
    for (let channel = 0, plane = 0; channel < channels; channel++, plane += rows * columns) {
      for (let point = 0, to = start + channel; point < cells.length; point++, to += channels) {
        const at = plane + cells[point]!
        const x = right[point]!
        const left = data[at]!
        const lowerLeft = data[at + toBelow]!
        const above = left + x * (data[at + toRight]! - left)
        const below = lowerLeft + x * (data[at + toBelow + toRight]! - lowerLeft)
        dst[to] = Math.max(least, above + down[point]! * (below - above))
      }
    }
  }

  private place({ rows, columns }: FeatureMap, stride: number): void {
    const lastLeft = Math.max(columns - 2, 0)
    const lastTop = Math.max(rows - 2, 0)
    for (let point = 0; point < this.cells.length; point++) {
      const x = Math.min(Math.max(this.x[point]! / stride, 0), columns - 1)
      const y = Math.min(Math.max(this.y[point]! / stride, 0), rows - 1)
      const column = Math.min(Math.floor(x), lastLeft)
      const row = Math.min(Math.floor(y), lastTop)
      this.cells[point] = row * columns + column
      this.right[point] = x - column
      this.down[point] = y - row
    }
  }
}
