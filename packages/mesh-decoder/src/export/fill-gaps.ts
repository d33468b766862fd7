/** A square picture whose texels count by a weight. */
export interface WeightedLayer {
  /** Texels along each side. */
  readonly size: number
  /** [size, size, 4] red, green and blue times the weight, then the weight, 0..1. */
  readonly texels: Float32Array
}

/**
 * Colours ([size, size, 3]) for every texel: where the weight is below 1 the rest comes from coarser
 * and coarser means of the surroundings (push and pull: Gortler et al., "The Lumigraph", 1996).
 */
export function fillGaps(layer: WeightedLayer): Float32Array {
  const { size, texels } = layer
  const colors = new Float32Array(size * size * 3)
  const coarser = size > 1 ? halve(layer) : undefined
  const surroundings = coarser && fillGaps(coarser)
  for (let texel = 0; texel < size * size; texel++) {
    const weight = texels[texel * 4 + 3]!
    for (let c = 0; c < 3; c++) {
      const rest =
        surroundings && weight < 1
          ? (1 - weight) * between(surroundings, coarser.size, texel % size, (texel / size) | 0, c)
          : 0
      colors[texel * 3 + c] = texels[texel * 4 + c]! + rest
    }
  }
  return colors
}

function halve({ size, texels }: WeightedLayer): WeightedLayer {
  const half = Math.ceil(size / 2)
  const halved = new Float32Array(half * half * 4)
  for (let texel = 0; texel < size * size; texel++) {
    const to = ((((texel / size) | 0) >> 1) * half + ((texel % size) >> 1)) * 4
    for (let c = 0; c < 4; c++) halved[to + c]! += texels[texel * 4 + c]!
  }
  for (let to = 0; to < halved.length; to += 4) {
    const scale = 1 / Math.max(1, halved[to + 3]!)
    for (let c = 0; c < 4; c++) halved[to + c]! *= scale
  }
  return { size: half, texels: halved }
}

/** The colour c of a half-size picture at the centre of a full-size texel, bilinear. */
function between(
  colors: Float32Array,
  size: number,
  column: number,
  row: number,
  c: number,
): number {
  const x = Math.min(Math.max((column - 0.5) / 2, 0), size - 1)
  const y = Math.min(Math.max((row - 0.5) / 2, 0), size - 1)
  const left = Math.floor(x)
  const top = Math.floor(y)
  const right = Math.min(left + 1, size - 1)
  const bottom = Math.min(top + 1, size - 1)
  const at = (u: number, v: number) => colors[(v * size + u) * 3 + c]!
  const upper = at(left, top) + (x - left) * (at(right, top) - at(left, top))
  const lower = at(left, bottom) + (x - left) * (at(right, bottom) - at(left, bottom))
  return upper + (y - top) * (lower - upper)
}
