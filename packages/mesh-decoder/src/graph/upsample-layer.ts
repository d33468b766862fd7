import type { Sampling } from '../topology/sampling.ts'
import type { Layer } from './layer.ts'

/** Mesh up-sampling: each fine vertex is a weighted mean of three coarse ones, channel by channel. */
export function upsampleLayer({ index, weight }: Sampling, channels: number): Layer {
  return {
    forward: (x) => {
      const y = new Float64Array((index.length / 3) * channels)
      forEachEntry((fine, coarse, share) => {
        for (let c = 0; c < channels; c++) y[fine + c]! += share * x[coarse + c]!
      })
      return y
    },
    backward: (x, _y, gradient) => {
      const byInput = new Float64Array(x.length)
      forEachEntry((fine, coarse, share) => {
        for (let c = 0; c < channels; c++) byInput[coarse + c]! += share * gradient[fine + c]!
      })
      return byInput
    },
  }

  function forEachEntry(visit: (fine: number, coarse: number, share: number) => void): void {
    for (let k = 0; k < index.length; k++) {
      visit(Math.floor(k / 3) * channels, index[k]! * channels, weight[k]!)
    }
  }
}
