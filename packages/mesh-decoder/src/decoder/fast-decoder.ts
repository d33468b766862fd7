import type { KernelInstance } from '../wasm/kernel.ts'
import type { DecoderNetwork } from './decoder-network.ts'
import { decoderProgram } from './decoder-program.ts'
import { imageMatrix } from './image-matrix.ts'
import { BATCH } from './linear-stage.ts'
import {
  type ImageMesh,
  type LatentLayer,
  type PlacedFace,
  VERTEX_CHANNELS,
} from './mesh-decoder.ts'
import { placeVertices } from './place-vertices.ts'

/** The decoder's functions without checks and defaults. */
export interface FastDecoder {
  /** Numbers that the first layer gives. */
  readonly coarseSize: number
  latentLayer(): LatentLayer
  decode(latent: Float32Array, dst: Float32Array): void
  decodeAllInImage(faces: readonly PlacedFace[]): ImageMesh[]
  backward(latent: Float32Array, gradOutput: Float32Array, dst: Float32Array): void
}

/** Run a network on a kernel, in single precision, with no array for a face but what is returned. */
export function fastDecoder(
  network: DecoderNetwork,
  createKernel: (bytes: number) => KernelInstance,
): FastDecoder {
  const { layout, latent, first, stages, output, finish } = decoderProgram(network)
  const vertices = placeVertices(layout, network, output, finish)
  const { memory, kernel } = createKernel(layout.size)
  layout.fill(memory)
  const { scale, vertexCount } = network
  const heap = new Float32Array(memory)
  const numbers = (address: number, count: number) => {
    return heap.subarray(address >> 2, (address >> 2) + count)
  }
  const latentValues = numbers(latent.values, latent.channels)
  const latentGradients = numbers(latent.gradients, latent.channels)
  const gradients = numbers(vertices.gradients, vertexCount * output.width)
  const canonical = numbers(vertices.canonical, vertexCount * 3)
  const colors = numbers(vertices.colors, vertexCount * 3)
  const matrix = numbers(vertices.matrix, 20)
  const rotation = new Float64Array(9)

  const batchInputs = numbers(first.inputs, BATCH * latent.channels)
  const firstSize = first.output.rows * first.output.width
  const firstOutput = numbers(first.output.values, firstSize)

  const forwardRest = () => {
    for (let i = 0; i < stages.length; i++) stages[i]!.forward(kernel)
  }
  const forward = (input: Float32Array) => {
    latentValues.set(input)
    first.forward(kernel)
    forwardRest()
  }
  const decodeCoarse = (coarse: Float32Array) => {
    firstOutput.set(coarse)
    forwardRest()
  }
  const decodeBatch = (faces: readonly PlacedFace[]) => {
    if (faces.some(({ coarse }) => coarse === undefined)) {
      for (let i = 0; i < faces.length; i++) batchInputs.set(faces[i]!.latent, i * latent.channels)
      first.forwardBatch(kernel, faces.length)
    }
    return faces.map(({ camera, anchor, coarse: given }, i) => {
      const start = (first.outputs >> 2) + i * firstSize
      const coarse = given ?? heap.slice(start, start + firstSize)
      decodeCoarse(coarse)
      imageMatrix(camera, anchor, matrix, rotation)
      return meshWith(vertices.project(kernel, heap), () => {
        decodeCoarse(coarse)
        vertices.place(kernel)
        return { canonical: canonical.slice(), colors: colors.slice() }
      })
    })
  }
  return {
    coarseSize: firstSize,
    latentLayer: first.layer,
    decode: (input, dst) => {
      forward(input)
      vertices.place(kernel)
      for (let from = 0, to = 0; to < dst.length; from += 3, to += VERTEX_CHANNELS) {
        for (let c = 0; c < 3; c++) {
          dst[to + c] = canonical[from + c]!
          dst[to + 3 + c] = colors[from + c]!
        }
      }
    },
    decodeAllInImage: (faces) => {
      const meshes: ImageMesh[] = []
      for (let i = 0; i < faces.length; i += BATCH) {
        meshes.push(...decodeBatch(faces.slice(i, i + BATCH)))
      }
      return meshes
    },
    backward: (input, gradOutput, dst) => {
      forward(input)
      for (let vertex = 0, at = 0; vertex < vertexCount; vertex++) {
        const to = vertex * output.width
        for (let c = 0; c < VERTEX_CHANNELS; c++, at++) {
          gradients[to + c] = scale[at]! * gradOutput[at]!
        }
      }
      vertices.backward(kernel)
      for (let i = stages.length - 1; i >= 0; i--) stages[i]!.backward(kernel)
      first.backward(kernel)
      dst.set(latentGradients)
    },
  }
}

/** A mesh that makes the rest when it is first read: most who read positions read nothing else. */
function meshWith(
  positions: Float32Array,
  makeRest: () => Omit<ImageMesh, 'positions'>,
): ImageMesh {
  let made: ReturnType<typeof makeRest> | undefined
  const rest = () => {
    made ??= makeRest()
    return made
  }
  return {
    positions,
    get canonical() {
      return rest().canonical
    },
    get colors() {
      return rest().colors
    },
  }
}
