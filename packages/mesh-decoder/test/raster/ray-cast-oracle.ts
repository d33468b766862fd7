import type { Pinhole } from '../../src/camera/pinhole.ts'
import type { RasterMesh } from '../../src/raster/rasterize.ts'

/** What a ray through a pixel's centre meets first. */
export interface Hit {
  readonly triangle: number
  /** Along the viewing axis. */
  readonly distance: number
  /** Of the triangle's corners, in space. */
  readonly weights: readonly [number, number, number]
}

/**
 * Casts a ray at every triangle: the naive oracle, which projects and rasterises nothing. `margin` is
 * how far the answer is from another one: from an edge, the near plane or a tie in depth.
 */
export function castRay(
  mesh: RasterMesh,
  pinhole: Pinhole,
  x: number,
  y: number,
  near: number,
): { hit: Hit | undefined; margin: number } {
  const ray = [
    (x - pinhole.principalX) / pinhole.focalLength,
    -(y - pinhole.principalY) / pinhole.focalLength,
    -1,
  ] as const
  let hit: Hit | undefined
  let margin = Number.POSITIVE_INFINITY
  for (let face = 0; face < mesh.triangles.length; face += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => {
      const vertex = mesh.triangles[face + k]! * 3
      return [...mesh.positions.subarray(vertex, vertex + 3)] as unknown as Vector
    }) as [Vector, Vector, Vector]
    // Cramer's rule on ray · distance = a·wa + b·wb + c·wc with weights that sum to 1.
    const volume = determinant(a, b, c)
    const raw = [determinant(ray, b, c), determinant(a, ray, c), determinant(a, b, ray)].map(
      (value) => value / volume,
    )
    const distance = 1 / (raw[0]! + raw[1]! + raw[2]!)
    const weights = raw.map((value) => value * distance) as unknown as Vector
    const inside = Math.min(...weights)
    margin = Math.min(margin, Math.abs(inside), Math.abs(distance - near))
    if (!(inside >= 0) || !(distance >= near)) continue
    if (hit) margin = Math.min(margin, Math.abs(distance - hit.distance) / distance)
    if (!hit || distance < hit.distance) hit = { triangle: face / 3, distance, weights }
  }
  return { hit, margin }
}

type Vector = readonly [number, number, number]

function determinant(a: Vector, b: Vector, c: Vector): number {
  return (
    a[0] * (b[1] * c[2] - b[2] * c[1]) -
    a[1] * (b[0] * c[2] - b[2] * c[0]) +
    a[2] * (b[0] * c[1] - b[1] * c[0])
  )
}
