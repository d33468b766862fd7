/** A point or direction. */
export type Vector = readonly [x: number, y: number, z: number]

export function vectorAt(positions: Float32Array, vertex: number): Vector {
  return [positions[vertex * 3]!, positions[vertex * 3 + 1]!, positions[vertex * 3 + 2]!]
}

export function subtract(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/** Twice the area vector of a triangle, along its normal. */
export function areaVector(a: Vector, b: Vector, c: Vector): Vector {
  return cross(subtract(b, a), subtract(c, a))
}
