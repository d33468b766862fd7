import type { DecoderNetwork } from './decoder-network.ts'
import { decoderProgram } from './decoder-program.ts'
import type { KernelInstance } from './kernel.ts'
import { VERTEX_CHANNELS } from './mesh-decoder.ts'

/** The decoder's two functions without checks and defaults. */
export interface FastDecoder {
  decode(latent: Float32Array, dst: Float32Array): void
  backward(latent: Float32Array, gradOutput: Float32Array, dst: Float32Array): void
}

/** Run a network on a kernel, in single precision and without allocating anything for a face. */
export function fastDecoder(
  network: DecoderNetwork,
  createKernel: (bytes: number) => KernelInstance,
): FastDecoder {
  const { layout, latent, stages, output } = decoderProgram(network)
  const { memory, kernel } = createKernel(layout.size)
  layout.fill(memory)
  const { mean, scale, vertexCount } = network
  const latentValues = new Float32Array(memory, latent.values, latent.channels)
  const latentGradients = new Float32Array(memory, latent.gradients, latent.channels)
  const values = new Float32Array(memory, output.values, vertexCount * output.width)
  const gradients = new Float32Array(memory, output.gradients, vertexCount * output.width)

  const forward = (input: Float32Array) => {
    latentValues.set(input)
    for (let i = 0; i < stages.length; i++) stages[i]!.forward(kernel)
  }
  return {
    decode: (input, dst) => {
      forward(input)
      for (let vertex = 0, at = 0; vertex < vertexCount; vertex++) {
        const from = vertex * output.width
        for (let c = 0; c < VERTEX_CHANNELS; c++, at++) {
          dst[at] = mean[at]! + scale[at]! * values[from + c]!
        }
      }
    },
    backward: (input, gradOutput, dst) => {
      forward(input)
      for (let vertex = 0, at = 0; vertex < vertexCount; vertex++) {
        const to = vertex * output.width
        for (let c = 0; c < VERTEX_CHANNELS; c++, at++) {
          gradients[to + c] = scale[at]! * gradOutput[at]!
        }
      }
      for (let i = stages.length - 1; i >= 0; i--) stages[i]!.backward(kernel)
      dst.set(latentGradients)
    },
  }
}
