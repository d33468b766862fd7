import { type MeshDecoder, VERTEX_CHANNELS } from '@retinaface/mesh-decoder'
import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { symmetricEigen } from './symmetric-eigen.ts'

/** A direction of P_ST to move a face along. */
export interface LatentDirection {
  /** [latents] of length 1; latents have unit variance, so ±3 times it is about all there is. */
  readonly direction: Float32Array
  /** Root mean square of what one step changes at a vertex: centimetres, or 0..1 for colours. */
  readonly effect: number
}

/** Half of the difference that derivatives are taken over, in standard deviations. */
const STEP = 0.5

/**
 * The directions of P_ST that change the mean face's shape, or its colours, the most, leading first:
 * principal directions of the decoder's derivative at the mean. They suit sliders; add multiples to
 * a face's `latent` and give the sum to `setLatent`.
 *
 * @throws {InvalidArgumentError} if `count` is not from 1 to the number of latents.
 */
export function latentDirections(
  decoder: MeshDecoder,
  count: number,
  of: 'shape' | 'color' = 'shape',
): LatentDirection[] {
  const { latentSize, vertexCount } = decoder
  if (!Number.isInteger(count) || count < 1 || count > latentSize) {
    throw new InvalidArgumentError('count', `a whole number from 1 to ${latentSize}`, count)
  }
  const derivatives = Array.from({ length: latentSize }, (_, latent) =>
    derivativeOf(decoder, latent, of === 'shape' ? 0 : 3),
  )
  const products = new Float64Array(latentSize ** 2)
  for (let i = 0; i < latentSize; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dot(derivatives[i]!, derivatives[j]!) / vertexCount
      products[i * latentSize + j] = product
      products[j * latentSize + i] = product
    }
  }
  return symmetricEigen(products, latentSize)
    .slice(0, count)
    .map(({ value, vector }) => ({
      direction: Float32Array.from(vector, (x) => x * signOf(vector)),
      effect: Math.sqrt(Math.max(0, value)),
    }))
}

/** How positions ([vertices, 3]) or colours change with one number of the latent, at the mean. */
function derivativeOf(decoder: MeshDecoder, index: number, channel: 0 | 3): Float32Array {
  const latent = new Float32Array(decoder.latentSize)
  latent[index] = STEP
  const more = decoder.decode(latent)
  latent[index] = -STEP
  const less = decoder.decode(latent)
  const derivative = new Float32Array(decoder.vertexCount * 3)
  for (let vertex = 0; vertex < decoder.vertexCount; vertex++) {
    for (let k = 0; k < 3; k++) {
      const at = vertex * VERTEX_CHANNELS + channel + k
      derivative[vertex * 3 + k] = (more[at]! - less[at]!) / (2 * STEP)
    }
  }
  return derivative
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** An eigenvector's sign is free: its largest element is made positive. */
function signOf(vector: Float64Array): 1 | -1 {
  let largest = 0
  for (const x of vector) if (Math.abs(x) > Math.abs(largest)) largest = x
  return largest < 0 ? -1 : 1
}
