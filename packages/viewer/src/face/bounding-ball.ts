/** A ball, in the units of its points. */
export interface Ball {
  readonly centre: [x: number, y: number, z: number]
  radius: number
}

/** A ball about points ([points, 3]): centred on their bounding box. */
export function boundingBall(points: Float32Array, dst: Ball): void {
  for (let k = 0; k < 3; k++) {
    let low = points[k]!
    let high = low
    for (let i = k; i < points.length; i += 3) {
      const value = points[i]!
      if (value < low) low = value
      else if (value > high) high = value
    }
    dst.centre[k] = (low + high) / 2
  }
  const [x, y, z] = dst.centre
  let square = 0
  for (let i = 0; i < points.length; i += 3) {
    const distance = (points[i]! - x) ** 2 + (points[i + 1]! - y) ** 2 + (points[i + 2]! - z) ** 2
    if (distance > square) square = distance
  }
  dst.radius = Math.sqrt(square)
}
