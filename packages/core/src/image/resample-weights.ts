// A full triangle (1) blurs; three quarters keep detail, alias little and cost a quarter less. At long
// side 640 on WIDER FACE the average precision of 1, 0.75 and no widening differs by 0.002 at most.
const sharpness = 0.75

/** For each output position: the first source position and `taps` weights that sum to 1. */
export interface ResampleWeights {
  readonly taps: number
  readonly first: Int32Array
  readonly weight: Float32Array
}

/** Weights of a triangle filter with half-pixel centres, by which `source` positions become `target`. */
export function resampleWeights(source: number, target: number): ResampleWeights {
  const step = source / target
  const radius = Math.max(1, sharpness * step)
  const taps = Math.min(source, Math.ceil(2 * radius))
  const first = new Int32Array(target)
  const weight = new Float32Array(target * taps)
  for (let i = 0; i < target; i++) {
    const centre = (i + 0.5) * step - 0.5
    const start = Math.floor(centre - radius) + 1
    first[i] = clamp(start, 0, source - taps)
    let total = 0
    for (let at = start; at < centre + radius; at++) {
      const value = 1 - Math.abs(at - centre) / radius
      weight[i * taps + clamp(at, 0, source - 1) - first[i]!]! += value
      total += value
    }
    for (let tap = i * taps; tap < (i + 1) * taps; tap++) weight[tap]! /= total
  }
  return { taps, first, weight }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
