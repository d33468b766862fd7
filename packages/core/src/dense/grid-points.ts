import type { FaceFrame } from './face-frame.ts'
import type { FeatureMap } from './feature-map.ts'

/** A rectangle of a map's cells. */
export interface CellRectangle {
  readonly left: number
  readonly top: number
  readonly columns: number
  readonly rows: number
}

/** The points of a face's grid on a map, which is read there bilinearly. */
export class GridPoints {
  private readonly points: number
  /** Places in cells; what is beyond the map's border is on it. */
  private readonly x: Float64Array
  private readonly y: Float64Array
  /** The cell above and to the left of each point, in a plane of what is read. */
  private readonly cells: Int32Array
  /** How far each point is from there, in cells. */
  private readonly right: Float64Array
  private readonly down: Float64Array

  /** @param points a side */
  constructor(points: number) {
    const count = points * points
    this.points = points
    this.x = new Float64Array(count)
    this.y = new Float64Array(count)
    this.cells = new Int32Array(count)
    this.right = new Float64Array(count)
    this.down = new Float64Array(count)
  }

  /**
   * Lays the grid over a face and returns the cells that surround its points.
   *
   * @param stride network pixels a cell
   * @param extent width of the grid in face sizes
   */
  locate(map: FeatureMap, frame: FaceFrame, stride: number, extent: number): CellRectangle {
    const { points, x, y } = this
    const { cosine, sine } = frame
    const step = (frame.size * extent) / (points - 1) / stride
    const centreX = frame.centreX / stride
    const centreY = frame.centreY / stride
    const middle = (points - 1) / 2
    let [minX, maxX, minY, maxY] = [map.columns - 1, 0, map.rows - 1, 0]
    for (let point = 0; point < x.length; point++) {
      const u = ((point % points) - middle) * step
      const v = (Math.floor(point / points) - middle) * step
      const px = Math.min(Math.max(centreX + cosine * u - sine * v, 0), map.columns - 1)
      const py = Math.min(Math.max(centreY + sine * u + cosine * v, 0), map.rows - 1)
      x[point] = px
      y[point] = py
      minX = Math.min(minX, px)
      maxX = Math.max(maxX, px)
      minY = Math.min(minY, py)
      maxY = Math.max(maxY, py)
    }
    const left = Math.floor(minX)
    const top = Math.floor(minY)
    const columns = Math.ceil(maxX) - left + 1
    const rows = Math.ceil(maxY) - top + 1
    return { left, top, columns, rows }
  }

  /** Finds the points among the cells of a rectangle, which is read next. */
  place({ left, top, columns, rows }: CellRectangle): void {
    for (let point = 0; point < this.cells.length; point++) {
      const x = this.x[point]! - left
      const y = this.y[point]! - top
      const column = Math.min(Math.floor(x), Math.max(columns - 2, 0))
      const row = Math.min(Math.floor(y), Math.max(rows - 2, 0))
      this.cells[point] = row * columns + column
      this.right[point] = x - column
      this.down[point] = y - row
    }
  }

  /**
   * Writes the values at the points, that of a point and a channel to
   * `start + places[point] + channel × step`.
   *
   * @param map the rectangle's cells
   * @param plane numbers from one channel of the map to the next
   */
  read(
    { data, channels, rows, columns }: FeatureMap,
    plane: number,
    dst: Float32Array,
    start: number,
    places: Int32Array,
    step: number,
  ): void {
    const { cells, right, down } = this
    const toRight = columns > 1 ? 1 : 0
    const toBelow = rows > 1 ? columns : 0
    for (let channel = 0; channel < channels; channel++) {
      const from = channel * plane
      const to = start + channel * step
      for (let point = 0; point < cells.length; point++) {
        const at = from + cells[point]!
        const x = right[point]!
        const left = data[at]!
        const lowerLeft = data[at + toBelow]!
        const above = left + x * (data[at + toRight]! - left)
        const below = lowerLeft + x * (data[at + toBelow + toRight]! - lowerLeft)
        dst[to + places[point]!] = above + down[point]! * (below - above)
      }
    }
  }
}
