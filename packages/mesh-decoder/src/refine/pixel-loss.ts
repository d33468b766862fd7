/** Where the smooth |·| turns from a parabola to a line, in units of colour (0..1). */
const KNEE = 0.05

/**
 * L_pixel: the mean over the visible pixels and the three colours of |rendered − seen|
 * ([pixels, 3] each); NaN without any pixel.
 *
 * The paper's L1 norm, smooth at zero (Charbonnier's √(r² + ε²) − ε with ε = 0.05).
 */
export function pixelLoss(rendered: Float32Array, seen: Float32Array): number {
  let sum = 0
  for (let i = 0; i < rendered.length; i++) {
    sum += smooth(rendered[i]! - seen[i]!) - KNEE
  }
  return sum / rendered.length
}

/**
 * The weights ([pixels, 3]) with which L_pixel is locally a sum of squares, Σ weight · r² / 2:
 * its gradient by `rendered` is weight · (rendered − seen).
 */
export function pixelLossWeights(
  rendered: Float32Array,
  seen: Float32Array,
  dst: Float32Array = new Float32Array(rendered.length),
): Float32Array {
  for (let i = 0; i < rendered.length; i++) {
    dst[i] = 1 / (smooth(rendered[i]! - seen[i]!) * rendered.length)
  }
  return dst
}

function smooth(residual: number): number {
  return Math.sqrt(residual * residual + KNEE * KNEE)
}
