import type { RasterTarget } from './raster-target.ts'

/**
 * Averages the samples of each pixel: colour over the covered ones, alpha as their share. Depth and
 * triangle are those of the nearest sample.
 */
export function resolveSamples(samples: RasterTarget, target: RasterTarget): void {
  const perAxis = samples.width / target.width
  for (let row = 0; row < target.height; row++) {
    for (let column = 0; column < target.width; column++) {
      const first = row * perAxis * samples.width + column * perAxis
      resolvePixel(samples, first, perAxis, target, row * target.width + column)
    }
  }
}

function resolvePixel(
  samples: RasterTarget,
  first: number,
  perAxis: number,
  target: RasterTarget,
  pixel: number,
): void {
  let red = 0
  let green = 0
  let blue = 0
  let alpha = 0
  let nearest = first
  for (let row = 0; row < perAxis; row++) {
    for (let column = 0; column < perAxis; column++) {
      const sample = first + row * samples.width + column
      const weight = samples.rgba[sample * 4 + 3]!
      red += weight * samples.rgba[sample * 4]!
      green += weight * samples.rgba[sample * 4 + 1]!
      blue += weight * samples.rgba[sample * 4 + 2]!
      alpha += weight
      if (samples.depth[sample]! < samples.depth[nearest]!) nearest = sample
    }
  }
  const share = alpha > 0 ? 1 / alpha : 0
  target.rgba[pixel * 4] = red * share
  target.rgba[pixel * 4 + 1] = green * share
  target.rgba[pixel * 4 + 2] = blue * share
  target.rgba[pixel * 4 + 3] = alpha / (perAxis * perAxis)
  target.depth[pixel] = samples.depth[nearest]!
  target.triangleIndex[pixel] = samples.triangleIndex[nearest]!
}
