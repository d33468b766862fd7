import type { MeshDecoder } from '../../src/decoder/mesh-decoder.ts'
import { normalNumbers, randomNumbers } from './numbers.ts'

/**
 * A decoder that adds smooth random waves of shape (about 0.12 cm) and of colour (about 0.05) to a
 * mean face: linear, so that its own gradient cannot be what a test of refinement fails by.
 */
export class LinearDecoder implements MeshDecoder {
  readonly latentSize: number
  readonly vertexCount: number
  readonly #mean: Float32Array
  /** [latentSize, vertices, 6]. */
  readonly #basis: Float32Array

  constructor(positions: Float32Array, latentSize: number, seed = 1) {
    this.latentSize = latentSize
    this.vertexCount = positions.length / 3
    const amplitude = [0.12, 0.12, 0.12, 0.05, 0.05, 0.05]
    const size = this.vertexCount * 6
    this.#basis = new Float32Array(latentSize * size)
    for (let k = 0; k < latentSize; k++) {
      this.#basis.set(waves(positions, amplitude, 0.35, seed * 1000 + k), k * size)
    }
    const pattern = waves(positions, [0, 0, 0, 0.15, 0.15, 0.15], 1, seed)
    const skin = [0.7, 0.55, 0.45]
    this.#mean = pattern.map((x, i) => {
      const vertex = Math.floor(i / 6)
      return i % 6 < 3 ? positions[vertex * 3 + (i % 6)]! : x + skin[(i % 6) - 3]!
    })
  }

  decode(
    latent: Float32Array,
    dst: Float32Array = new Float32Array(this.#mean.length),
  ): Float32Array {
    dst.set(this.#mean)
    for (let k = 0; k < latent.length; k++) {
      const at = k * dst.length
      for (let i = 0; i < dst.length; i++) dst[i]! += latent[k]! * this.#basis[at + i]!
    }
    return dst
  }

  backward(
    latent: Float32Array,
    gradOutput: Float32Array,
    dst: Float32Array = new Float32Array(latent.length),
  ): Float32Array {
    for (let k = 0; k < latent.length; k++) {
      const at = k * gradOutput.length
      let sum = 0
      for (let i = 0; i < gradOutput.length; i++) sum += gradOutput[i]! * this.#basis[at + i]!
      dst[k] = sum
    }
    return dst
  }
}

/** [vertices, 6] for each channel a sum of two plane waves of random direction and phase. */
function waves(positions: Float32Array, amplitude: number[], frequency: number, seed: number) {
  const uniform = randomNumbers(seed)
  const normal = normalNumbers(uniform)
  const all = amplitude.map((a) =>
    [0, 1].map(() => ({
      a,
      k: [normal() * frequency, normal() * frequency, normal() * frequency] as const,
      phase: uniform() * 2 * Math.PI,
    })),
  )
  return Float32Array.from({ length: positions.length * 2 }, (_, i) => {
    const at = Math.floor(i / 6) * 3
    return all[i % 6]!.reduce((sum, { a, k, phase }) => {
      const x = k[0] * positions[at]! + k[1] * positions[at + 1]! + k[2] * positions[at + 2]!
      return sum + a * Math.cos(x + phase)
    }, 0)
  })
}
