import { WeightFileError } from '../errors/mesh-decoder-error.ts'
import { scaledLaplacian } from '../graph/scaled-laplacian.ts'
import type { MeshTopology } from '../topology/mesh-topology.ts'
import { vertexCountOf } from '../topology/triangle-mesh.ts'
import { takeFloats } from '../weights/take-tensor.ts'
import type { TensorFile } from '../weights/tensor-file.ts'
import {
  type ChebyshevDescription,
  type LayerDescription,
  type LinearDescription,
  parseArchitecture,
  type UpsampleDescription,
} from './decoder-architecture.ts'
import type { DecoderNetwork, DecoderStep } from './decoder-network.ts'
import { VERTEX_CHANNELS } from './mesh-decoder.ts'

/** What flows between two layers: values at the vertices of one level. */
interface Flow {
  readonly level: number
  readonly channels: number
}

/**
 * Bring a weight file and a topology together.
 *
 * @throws WeightFileError if the layers do not fit each other, the topology or their tensors.
 */
export function resolveNetwork(topology: MeshTopology, file: TensorFile): DecoderNetwork {
  const architecture = file.metadata.get('architecture')
  if (architecture === undefined) {
    throw new WeightFileError('Expected an architecture in the metadata: this file has no decoder.')
  }
  const layers = parseArchitecture(architecture)
  const [first] = layers
  if (first?.type !== 'linear') {
    throw new WeightFileError('Expected the first layer to be linear, from the latent to a mesh.')
  }
  const levelCounts = topology.levels.map(vertexCountOf)
  const steps: DecoderStep[] = []
  let flow: Flow = { level: levelCounts.indexOf(first.out[0]), channels: first.out[1] }
  layers.forEach((layer, position) => {
    if (position > 0) flow = nextFlow(flow, layer, position)
    if (flow.level < 0 || flow.level >= levelCounts.length) {
      throw new WeightFileError(
        `Expected layers[${position}] to give one of the topology's levels, of ${levelCounts.join(', ')} vertices.`,
      )
    }
    steps.push(resolveStep(layer, position, flow, topology, file))
  })
  const vertexCount = levelCounts[flow.level]!
  if (flow.level !== levelCounts.length - 1 || flow.channels !== VERTEX_CHANNELS) {
    throw new WeightFileError(
      `Expected the last layer to give [${levelCounts.at(-1)}, ${VERTEX_CHANNELS}] but it gives [${vertexCount}, ${flow.channels}].`,
    )
  }
  return { latentSize: first.in, vertexCount, steps, ...takeNormalisation(file, vertexCount) }
}

function nextFlow(before: Flow, layer: LayerDescription, position: number): Flow {
  if (layer.type === 'linear') {
    throw new WeightFileError(
      `Expected layers[${position}] to work on a mesh; only the first is linear.`,
    )
  }
  const isChebyshev = layer.type === 'chebyshev'
  if (layer.level !== before.level || (isChebyshev && layer.in !== before.channels)) {
    const received = isChebyshev ? `${layer.in} channels` : 'values'
    throw new WeightFileError(
      `Expected layers[${position}] to take ${before.channels} channels on level ${before.level} but it takes ${received} on level ${layer.level}.`,
    )
  }
  return isChebyshev
    ? { level: before.level, channels: layer.out }
    : { level: before.level + 1, channels: before.channels }
}

function resolveStep(
  layer: LayerDescription,
  position: number,
  { channels }: Flow,
  topology: MeshTopology,
  file: TensorFile,
): DecoderStep {
  if (layer.type === 'linear') return resolveLinear(layer, position, file)
  if (layer.type === 'chebyshev') return resolveChebyshev(layer, position, topology, file)
  return resolveUpsample(layer, topology, channels)
}

function resolveLinear(layer: LinearDescription, position: number, file: TensorFile): DecoderStep {
  const [vertices, channels] = layer.out
  const outputs = vertices * channels
  return {
    type: 'linear',
    inputs: layer.in,
    vertices,
    channels,
    weight: takeFloats(file, `layers.${position}.weight`, [outputs, layer.in]),
    bias: takeFloats(file, `layers.${position}.bias`, [outputs]),
    activation: layer.activation,
  }
}

function resolveUpsample(
  { level }: UpsampleDescription,
  topology: MeshTopology,
  channels: number,
): DecoderStep {
  const coarseCount = vertexCountOf(topology.levels[level]!)
  return { type: 'upsample', sampling: topology.upsamplings[level]!, coarseCount, channels }
}

function resolveChebyshev(
  layer: ChebyshevDescription,
  position: number,
  { levels }: MeshTopology,
  file: TensorFile,
): DecoderStep {
  const { level, K, in: inputs, out: outputs, activation } = layer
  const mesh = levels[level]!
  return {
    type: 'chebyshev',
    laplacian: scaledLaplacian(mesh.faces, vertexCountOf(mesh)),
    order: K,
    inputs,
    outputs,
    weight: takeFloats(file, `layers.${position}.weight`, [K, inputs, outputs]),
    bias: takeFloats(file, `layers.${position}.bias`, [outputs]),
    activation,
  }
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
