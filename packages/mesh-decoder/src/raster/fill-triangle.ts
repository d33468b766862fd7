import { type PixelImage, sampleBilinear } from './pixel-image.ts'
import type { RasterTarget } from './raster-target.ts'

const texel = new Float64Array(3)

/**
 * Draws the triangle of three projected corners (offsets a, b and c into `corners`) where it is
 * nearer than what the target holds.
 *
 * A pixel belongs to the triangle if its centre is inside; a centre on an edge counts if that is a
 * left or a top edge. Each edge function is the exact negative of the one of the same edge in the
 * neighbouring triangle (the same products, no running sums), so a shared edge draws once.
 */
export function fillTriangle(
  corners: Float64Array,
  a: number,
  b: number,
  c: number,
  triangle: number,
  texture: PixelImage | undefined,
  target: RasterTarget,
): void {
  const ax = corners[a]!
  const ay = corners[a + 1]!
  const bx = corners[b]!
  const by = corners[b + 1]!
  const cx = corners[c]!
  const cy = corners[c + 1]!
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  if (area < 0) {
    fillTriangle(corners, a, c, b, triangle, texture, target)
    return
  }
  if (!(area > 0)) return

  // Edge functions x·pixelX + y·pixelY + rest, positive inside, of the edges opposite a, b and c.
  const aEdgeX = by - cy
  const aEdgeY = cx - bx
  const aEdge = bx * cy - cx * by
  const bEdgeX = cy - ay
  const bEdgeY = ax - cx
  const bEdge = cx * ay - ax * cy
  const cEdgeX = ay - by
  const cEdgeY = bx - ax
  const cEdge = ax * by - bx * ay
  const aOwnsEdge = aEdgeX > 0 || (aEdgeX === 0 && aEdgeY > 0)
  const bOwnsEdge = bEdgeX > 0 || (bEdgeX === 0 && bEdgeY > 0)
  const cOwnsEdge = cEdgeX > 0 || (cEdgeX === 0 && cEdgeY > 0)
  const aInverse = corners[a + 2]!
  const bInverse = corners[b + 2]!
  const cInverse = corners[c + 2]!

  const { width, height, rgba, depth, triangleIndex } = target
  const firstX = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5))
  const lastX = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5))
  const firstY = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5))
  const lastY = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5))

  for (let row = firstY; row <= lastY; row++) {
    const y = row + 0.5
    const aRow = aEdgeY * y + aEdge
    const bRow = bEdgeY * y + bEdge
    const cRow = cEdgeY * y + cEdge
    for (let column = firstX; column <= lastX; column++) {
      const x = column + 0.5
      const aSide = aEdgeX * x + aRow
      if (aSide < 0 || (aSide === 0 && !aOwnsEdge)) continue
      const bSide = bEdgeX * x + bRow
      if (bSide < 0 || (bSide === 0 && !bOwnsEdge)) continue
      const cSide = cEdgeX * x + cRow
      if (cSide < 0 || (cSide === 0 && !cOwnsEdge)) continue

      // Weights over distance are linear on the screen: this makes them perspective-correct.
      let aWeight = aSide * aInverse
      let bWeight = bSide * bInverse
      let cWeight = cSide * cInverse
      const scale = 1 / (aWeight + bWeight + cWeight)
      const distance = (aSide + bSide + cSide) * scale
      const pixel = row * width + column
      if (!(distance < depth[pixel]!)) continue
      aWeight *= scale
      bWeight *= scale
      cWeight *= scale

      let red = aWeight * corners[a + 3]! + bWeight * corners[b + 3]! + cWeight * corners[c + 3]!
      let green = aWeight * corners[a + 4]! + bWeight * corners[b + 4]! + cWeight * corners[c + 4]!
      let blue = aWeight * corners[a + 5]! + bWeight * corners[b + 5]! + cWeight * corners[c + 5]!
      if (texture) {
        const u = aWeight * corners[a + 6]! + bWeight * corners[b + 6]! + cWeight * corners[c + 6]!
        const v = aWeight * corners[a + 7]! + bWeight * corners[b + 7]! + cWeight * corners[c + 7]!
        sampleBilinear(texture, u, v, texel)
        red *= texel[0]!
        green *= texel[1]!
        blue *= texel[2]!
      }
      rgba[pixel * 4] = red * 255
      rgba[pixel * 4 + 1] = green * 255
      rgba[pixel * 4 + 2] = blue * 255
      rgba[pixel * 4 + 3] = 255
      depth[pixel] = distance
      triangleIndex[pixel] = triangle
    }
  }
}
