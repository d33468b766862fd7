import { renderPixels, renderPixelsBackward, type ScreenMesh } from '../raster/render-pixels.ts'
import type { VisiblePixels } from '../raster/visible-pixels.ts'
import type { ObjectiveParts } from './objective-parts.ts'
import { pixelLossWeights } from './pixel-loss.ts'

/** Length of the difference that directional derivatives are taken over, in deviations. */
const DIFFERENCE = 0.05

/**
 * The objective near some parameters as a weighted sum of squares with its residuals linear (Gauss
 * and Newton), in units of the prior's deviations; pixels keep the triangle they show.
 *
 * The transposed Jacobian is that of the hand-written gradients; the Jacobian itself is only ever
 * needed along a direction, where a difference of two evaluations gives it.
 */
export class Linearization {
  /** [latentSize + 7 + 9] gradient of the objective by parameters over deviations. */
  readonly gradient: Float32Array
  readonly #parts: ObjectiveParts
  readonly #parameters: Float32Array
  readonly #visible: VisiblePixels
  readonly #weights: Float32Array
  /** Rendered colours ([pixels, 3]), then landmarks ([landmarks, 2]). */
  readonly #outputs: Float32Array

  /** Expects `parts.chain` to be at `parameters`, and keeps to it. */
  constructor(
    parts: ObjectiveParts,
    parameters: Float32Array,
    visible: VisiblePixels,
    seen: Float32Array,
  ) {
    this.#parts = parts
    this.#parameters = parameters
    this.#visible = visible
    this.#outputs = this.#outputsOf(parts.chain.mesh)
    const { landmarks, prior, priorWeight } = parts
    this.#weights = new Float32Array(this.#outputs.length).fill(landmarks?.weight ?? 0)
    pixelLossWeights(
      this.#outputs.subarray(0, seen.length),
      seen,
      this.#weights.subarray(0, seen.length),
    )
    const wanted = new Float32Array(this.#outputs.length)
    wanted.set(seen)
    wanted.set(landmarks?.points ?? [], seen.length)
    const residuals = this.#outputs.map((output, i) => output - wanted[i]!)
    this.gradient = this.#transposed(residuals)
    for (let i = 0; i < parameters.length; i++) {
      this.gradient[i]! += (priorWeight * (parameters[i]! - prior.mean[i]!)) / prior.deviation[i]!
    }
  }

  /** The approximate Hessian times a direction, both in deviations. */
  hessianTimes(direction: Float32Array): Float32Array {
    const { prior, priorWeight } = this.#parts
    const length = Math.hypot(...direction)
    const step = DIFFERENCE / Math.max(length, Number.MIN_VALUE)
    const moved = this.#parameters.map((x, i) => x + step * direction[i]! * prior.deviation[i]!)
    const change = this.#outputsOf(this.#parts.probe.forward(moved))
    for (let i = 0; i < change.length; i++) change[i] = (change[i]! - this.#outputs[i]!) / step
    const product = this.#transposed(change)
    for (let i = 0; i < product.length; i++) product[i]! += priorWeight * direction[i]!
    return product
  }

  #outputsOf(mesh: ScreenMesh): Float32Array {
    const { landmarks } = this.#parts
    const pixels = this.#visible.pixels.length * 3
    const outputs = new Float32Array(pixels + (landmarks?.points.length ?? 0))
    renderPixels(mesh, this.#visible, outputs.subarray(0, pixels))
    for (let i = pixels; i < outputs.length; i++) {
      outputs[i] = landmarkOf(mesh, landmarks!.vertices, i - pixels)
    }
    return outputs
  }

  /** The transposed Jacobian times weighted outputs, by parameters over deviations. */
  #transposed(outputs: Float32Array): Float32Array {
    const { chain, landmarks, prior } = this.#parts
    const pixels = this.#visible.pixels.length * 3
    const weighted = outputs.map((output, i) => output * this.#weights[i]!)
    const byScreen = new Float32Array(chain.positions.length)
    const byColors = new Float32Array(chain.positions.length)
    const { mesh } = chain
    renderPixelsBackward(mesh, this.#visible, weighted, byScreen, byColors)
    for (let i = pixels; i < weighted.length; i++) {
      byScreen[landmarks!.vertices[(i - pixels) >> 1]! * 3 + ((i - pixels) & 1)]! += weighted[i]!
    }
    const gradient = chain.backward(byScreen, byColors)
    return gradient.map((slope, i) => slope * prior.deviation[i]!)
  }
}

function landmarkOf(mesh: ScreenMesh, vertices: ArrayLike<number>, i: number): number {
  return mesh.screen[vertices[i >> 1]! * 3 + (i & 1)]!
}
