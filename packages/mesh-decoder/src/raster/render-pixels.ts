import type { VisiblePixels } from './visible-pixels.ts'

/** A projected, shaded mesh. */
export interface ScreenMesh {
  /** [vertices, 3] x and y in pixels, distance along the viewing axis in centimetres. */
  readonly screen: Float32Array
  /** [vertices, 3] shaded red, green and blue. */
  readonly colors: Float32Array
  /** [triangles, 3] vertex indices. */
  readonly triangles: Int32Array
}

/**
 * The colours ([pixels, 3], not clipped) of a mesh at pixel centres whose triangle is known, by
 * perspective-correct interpolation: what the rasteriser draws there, as a smooth function of the
 * vertices.
 */
export function renderPixels(
  { screen, colors, triangles }: ScreenMesh,
  visible: VisiblePixels,
  dst: Float32Array = new Float32Array(visible.pixels.length * 3),
): Float32Array {
  const at = new Float64Array(GEOMETRY)
  for (let i = 0; i < visible.pixels.length; i++) {
    const face = visible.triangles[i]! * 3
    locate(screen, triangles, face, visible.pixels[i]!, visible.width, at)
    const a = triangles[face]! * 3
    const b = triangles[face + 1]! * 3
    const c = triangles[face + 2]! * 3
    const u = at[3]! / at[6]!
    const v = at[4]! / at[6]!
    const w = at[5]! / at[6]!
    for (let k = 0; k < 3; k++) {
      dst[i * 3 + k] = u * colors[a + k]! + v * colors[b + k]! + w * colors[c + k]!
    }
  }
  return dst
}

/**
 * Adds to the gradients by screen coordinates ([vertices, 3]) and by colours ([vertices, 3]) what
 * follows from the gradient by the colours of {@link renderPixels} ([pixels, 3]).
 *
 * Which triangle a pixel shows is held fixed, so outlines have no gradient of their own.
 */
export function renderPixelsBackward(
  { screen, colors, triangles }: ScreenMesh,
  visible: VisiblePixels,
  gradient: Float32Array,
  gradientScreen: Float32Array,
  gradientColors: Float32Array,
): void {
  const at = new Float64Array(GEOMETRY)
  const along = new Float64Array(3)
  for (let i = 0; i < visible.pixels.length; i++) {
    const face = visible.triangles[i]! * 3
    locate(screen, triangles, face, visible.pixels[i]!, visible.width, at)
    const sum = at[6]!
    let byRendered = 0
    for (let corner = 0; corner < 3; corner++) {
      const vertex = triangles[face + corner]! * 3
      const weight = at[3 + corner]! / sum
      let dot = 0
      for (let k = 0; k < 3; k++) {
        const g = gradient[i * 3 + k]!
        gradientColors[vertex + k]! += weight * g
        dot += g * colors[vertex + k]!
      }
      along[corner] = dot
      byRendered += weight * dot
    }
    // Moving corner j by δ moves the barycentrics as moving the pixel by −(weight of j) δ does.
    let byPixelX = 0
    let byPixelY = 0
    for (let corner = 0; corner < 3; corner++) {
      const distance = screen[triangles[face + corner]! * 3 + 2]!
      const byWeight = (along[corner]! - byRendered) / (sum * distance)
      gradientScreen[triangles[face + corner]! * 3 + 2]! -= (byWeight * at[corner]!) / distance
      byPixelX += byWeight * at[7 + corner * 2]!
      byPixelY += byWeight * at[8 + corner * 2]!
    }
    for (let corner = 0; corner < 3; corner++) {
      const vertex = triangles[face + corner]! * 3
      gradientScreen[vertex]! -= at[corner]! * byPixelX
      gradientScreen[vertex + 1]! -= at[corner]! * byPixelY
    }
  }
}

/**
 * Of a pixel in its triangle: 0 to 2 barycentric weights on the screen, 3 to 5 the same over each
 * corner's distance, 6 the sum of those, 7 to 12 derivatives of the first three by x and y.
 */
const GEOMETRY = 13

function locate(
  screen: Float32Array,
  triangles: Int32Array,
  face: number,
  pixel: number,
  width: number,
  at: Float64Array,
): void {
  const x = (pixel % width) + 0.5
  const y = Math.floor(pixel / width) + 0.5
  const a = triangles[face]! * 3
  const b = triangles[face + 1]! * 3
  const c = triangles[face + 2]! * 3
  const ax = screen[a]! - x
  const ay = screen[a + 1]! - y
  const bx = screen[b]! - x
  const by = screen[b + 1]! - y
  const cx = screen[c]! - x
  const cy = screen[c + 1]! - y
  const inverse = 1 / ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
  at[0] = (bx * cy - by * cx) * inverse
  at[1] = (cx * ay - cy * ax) * inverse
  at[2] = (ax * by - ay * bx) * inverse
  at[3] = at[0]! / screen[a + 2]!
  at[4] = at[1]! / screen[b + 2]!
  at[5] = at[2]! / screen[c + 2]!
  at[6] = at[3]! + at[4]! + at[5]!
  at[7] = (by - cy) * inverse
  at[8] = (cx - bx) * inverse
  at[9] = (cy - ay) * inverse
  at[10] = (ax - cx) * inverse
  at[11] = (ay - by) * inverse
  at[12] = (bx - ax) * inverse
}
