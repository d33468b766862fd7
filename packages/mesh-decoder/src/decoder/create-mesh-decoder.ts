import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import type { MeshTopology } from '../topology/mesh-topology.ts'
import { readMeshTopology } from '../topology/read-mesh-topology.ts'
import { readTensorFile } from '../weights/read-tensor-file.ts'
import type { TensorFile } from '../weights/tensor-file.ts'
import { createKernel, type KernelBackend } from './create-kernel.ts'
import { fastDecoder } from './fast-decoder.ts'
import { type ImageMeshDecoder, type PlacedFace, VERTEX_CHANNELS } from './mesh-decoder.ts'
import { resolveNetwork } from './resolve-network.ts'

/** What a mesh decoder is made from. */
export interface MeshDecoderOptions {
  /** The levels of the mesh: bytes of a topology file, or what was read from them. */
  readonly topology: Uint8Array | MeshTopology
  /** The trained decoder: bytes of a weight file, or what was read from them. */
  readonly weights: Uint8Array | TensorFile
  /** Default: WebAssembly SIMD where the engine has and allows it, else JavaScript. */
  readonly backend?: KernelBackend
}

/**
 * Make the mesh decoder that a weight file describes.
 *
 * @throws WeightFileError if a file is damaged, or does not fit the other.
 * @throws InvalidMeshError if the topology is not made of manifold discs.
 * @throws InvalidArgumentError if `backend` is 'wasm-simd' and the engine lacks or forbids it.
 */
export function createMeshDecoder(options: MeshDecoderOptions): ImageMeshDecoder {
  const { topology, weights } = options
  const network = resolveNetwork(
    ArrayBuffer.isView(topology) ? readMeshTopology(topology) : topology,
    ArrayBuffer.isView(weights) ? readTensorFile(weights) : weights,
  )
  const { latentSize, vertexCount } = network
  const outputSize = vertexCount * VERTEX_CHANNELS
  const fast = fastDecoder(network, (bytes) => createKernel(bytes, options.backend))
  return {
    latentSize,
    vertexCount,
    latentLayer: fast.latentLayer,
    decode: (latent, dst = new Float32Array(outputSize)) => {
      checkLength('latent', latent, latentSize)
      checkLength('dst', dst, outputSize)
      fast.decode(latent, dst)
      return dst
    },
    decodeInImage: (latent, camera, anchor) => {
      const face = { latent, camera, anchor }
      checkFace(face)
      return fast.decodeAllInImage([face])[0]!
    },
    decodeAllInImage: (faces) => {
      faces.forEach(checkFace)
      return fast.decodeAllInImage(faces)
    },
    backward: (latent, gradOutput, dst = new Float32Array(latentSize)) => {
      checkLength('latent', latent, latentSize)
      checkLength('gradOutput', gradOutput, outputSize)
      checkLength('dst', dst, latentSize)
      fast.backward(latent, gradOutput, dst)
      return dst
    },
  }

  function checkFace({ latent, camera, coarse }: PlacedFace): void {
    checkLength('latent', latent, latentSize)
    checkLength('camera', camera, 7)
    if (coarse) checkLength('coarse', coarse, fast.coarseSize)
  }
}

function checkLength(name: string, values: ArrayLike<number>, length: number): void {
  if (values.length === length) return
  throw new InvalidArgumentError(name, `a Float32Array of ${length}`, values)
}
