import { WeightFileError } from '../errors/mesh-decoder-error.ts'
import type { MeshTopology } from '../topology/mesh-topology.ts'
import { vertexCountOf } from '../topology/triangle-mesh.ts'
import { takeFloats } from '../weights/take-tensor.ts'
import type { TensorFile } from '../weights/tensor-file.ts'
import { type LayerDescription, parseArchitecture } from './decoder-architecture.ts'
import type { DecoderNetwork, DecoderStep } from './decoder-network.ts'
import { type Flow, flowAfter } from './layer-flow.ts'
import { VERTEX_CHANNELS } from './mesh-decoder.ts'
import { resolveStep } from './resolve-step.ts'

/**
 * Bring a weight file and a topology together.
 *
 * @throws WeightFileError if the layers do not fit each other, the topology or their tensors.
 */
export function resolveNetwork(topology: MeshTopology, file: TensorFile): DecoderNetwork {
  const layers = layersOf(file)
  const levelCounts = topology.levels.map(vertexCountOf)
  const steps: DecoderStep[] = []
  let flow: Flow | undefined
  layers.forEach((layer, position) => {
    flow = flowAfter(layer, layers[position - 1], flow, levelCounts, position)
    const step = resolveStep(layer, position, flow, topology, file)
    if (step !== undefined) steps.push(step)
  })
  const [first] = layers
  const last = layers.at(-1)
  if (first?.type !== 'linear' || last?.type !== 'denormalise') {
    throw new WeightFileError('Expected the first layer to be linear, and the last to denormalise.')
  }
  const vertexCount = levelCounts.at(-1)!
  if (last.vertices !== vertexCount || last.channels !== VERTEX_CHANNELS) {
    throw new WeightFileError(
      `Expected the last layer to give [${vertexCount}, ${VERTEX_CHANNELS}] but it gives [${last.vertices}, ${last.channels}].`,
    )
  }
  return { latentSize: first.inputs, vertexCount, steps, ...takeNormalisation(file, vertexCount) }
}

function layersOf(file: TensorFile): readonly LayerDescription[] {
  const architecture = file.metadata.get('architecture')
  if (architecture !== undefined) return parseArchitecture(architecture)
  throw new WeightFileError('Expected an architecture in the metadata: this file has no decoder.')
}

/** `scale` may be given once for all vertices. */
function takeNormalisation(
  file: TensorFile,
  vertexCount: number,
): { mean: Float32Array; scale: Float32Array } {
  const mean = takeFloats(file, 'mean', [vertexCount, VERTEX_CHANNELS])
  if (file.tensors.get('scale')?.shape.length !== 1) {
    return { mean, scale: takeFloats(file, 'scale', [vertexCount, VERTEX_CHANNELS]) }
  }
  const shared = takeFloats(file, 'scale', [VERTEX_CHANNELS])
  return { mean, scale: mean.map((_, i) => shared[i % VERTEX_CHANNELS]!) }
}
