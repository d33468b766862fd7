import type { Anchor } from '../camera/pinhole.ts'
import type { DecoderNetwork } from './decoder-network.ts'
import { decoderProgram } from './decoder-program.ts'
import { imageMatrix } from './image-matrix.ts'
import type { KernelInstance } from './kernel.ts'
import { type ImageMesh, VERTEX_CHANNELS } from './mesh-decoder.ts'
import { placeVertices } from './place-vertices.ts'

/** The decoder's functions without checks and defaults. */
export interface FastDecoder {
  decode(latent: Float32Array, dst: Float32Array): void
  decodeInImage(latent: Float32Array, camera: ArrayLike<number>, anchor: Anchor): ImageMesh
  backward(latent: Float32Array, gradOutput: Float32Array, dst: Float32Array): void
}

/** Run a network on a kernel, in single precision, with no array for a face but what is returned. */
export function fastDecoder(
  network: DecoderNetwork,
  createKernel: (bytes: number) => KernelInstance,
): FastDecoder {
  const { layout, latent, stages, output } = decoderProgram(network)
  const vertices = placeVertices(layout, network, output)
  const { memory, kernel } = createKernel(layout.size)
  layout.fill(memory)
  const { scale, vertexCount } = network
  const heap = new Float32Array(memory)
  const numbers = (address: number, count: number) => {
    return heap.subarray(address >> 2, (address >> 2) + count)
  }
  const latentValues = numbers(latent.values, latent.channels)
  const latentGradients = numbers(latent.gradients, latent.channels)
  const gradients = numbers(output.gradients, vertexCount * output.width)
  const canonical = numbers(vertices.canonical, vertexCount * 3)
  const colors = numbers(vertices.colors, vertexCount * 3)
  const matrix = numbers(vertices.matrix, 20)

  const forward = (input: Float32Array) => {
    latentValues.set(input)
    for (let i = 0; i < stages.length; i++) stages[i]!.forward(kernel)
  }
  return {
    decode: (input, dst) => {
      forward(input)
      vertices.normalise(kernel)
      for (let from = 0, to = 0; to < dst.length; from += 3, to += VERTEX_CHANNELS) {
        for (let c = 0; c < 3; c++) {
          dst[to + c] = canonical[from + c]!
          dst[to + 3 + c] = colors[from + c]!
        }
      }
    },
    decodeInImage: (input, camera, anchor) => {
      forward(input)
      vertices.normalise(kernel)
      imageMatrix(camera, anchor, matrix)
      vertices.project(kernel)
      return vertices.copy(heap)
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
