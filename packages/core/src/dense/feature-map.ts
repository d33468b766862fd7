/** A feature map of the network, planar: `channels×rows×columns`. */
export interface FeatureMap {
  readonly data: Float32Array
  readonly channels: number
  readonly rows: number
  readonly columns: number
}

/**
 * Reads every channel of a map at the place (x, y), in cells from the first cell's centre, bilinear
 * and constant beyond the border.
 *
 * @param dst at `start`, one value a channel
 */
export function sampleMap(
  { data, channels, rows, columns }: FeatureMap,
  x: number,
  y: number,
  dst: Float32Array,
  start: number,
): void {
  const column = Math.min(Math.max(x, 0), columns - 1)
  const row = Math.min(Math.max(y, 0), rows - 1)
  const left = Math.min(Math.floor(column), Math.max(columns - 2, 0))
  const top = Math.min(Math.floor(row), Math.max(rows - 2, 0))
  const toRight = columns > 1 ? 1 : 0
  const toBottom = rows > 1 ? columns : 0
  const fx = column - left
  const fy = row - top
  const topLeft = (1 - fx) * (1 - fy)
  const topRight = fx * (1 - fy)
  const bottomLeft = (1 - fx) * fy
  const bottomRight = fx * fy
  const plane = rows * columns
  for (let channel = 0, at = top * columns + left; channel < channels; channel++, at += plane) {
    dst[start + channel] =
      topLeft * data[at]! +
      topRight * data[at + toRight]! +
      bottomLeft * data[at + toBottom]! +
      bottomRight * data[at + toBottom + toRight]!
  }
}
