import type { Activation } from '../graph/activation.ts'
import type { ScaledLaplacian } from '../graph/scaled-laplacian.ts'
import type { MeshTopology } from '../topology/mesh-topology.ts'
import { vertexCountOf } from '../topology/triangle-mesh.ts'
import { takeFloats } from '../weights/take-tensor.ts'
import type { TensorFile } from '../weights/tensor-file.ts'
import type {
  ActivationName,
  ChebyshevDescription,
  LayerDescription,
  LinearDescription,
} from './decoder-architecture.ts'
import type { ChebyshevStep, DecoderStep, LinearStep } from './decoder-network.ts'
import type { Flow } from './layer-flow.ts'

const ACTIVATIONS: Readonly<Record<ActivationName, Activation | undefined>> = {
  none: undefined,
  relu: { below: 'slope', slope: 0 },
  leaky_relu: { below: 'slope', slope: 0.2 },
  elu: { below: 'elu', slope: 0 },
}

/**
 * A layer with its weights and graphs, and its activation, if it has one, as a step of its own.
 *
 * @throws WeightFileError if a tensor is missing or of another shape.
 */
export function resolveSteps(
  layer: LayerDescription,
  position: number,
  { channels }: Flow,
  { levels, upsamplings }: MeshTopology,
  laplacianOf: (level: number) => ScaledLaplacian,
  file: TensorFile,
): DecoderStep[] {
  if (layer.type === 'upsample') {
    const coarseCount = vertexCountOf(levels[layer.level]!)
    return [{ type: 'upsample', sampling: upsamplings[layer.level]!, coarseCount, channels }]
  }
  const step =
    layer.type === 'linear'
      ? resolveLinear(layer, position, file)
      : resolveChebyshev(layer, position, laplacianOf(layer.level), file)
  const activation = ACTIVATIONS[layer.activation]
  return activation === undefined ? [step] : [step, { type: 'activation', activation }]
}

function resolveLinear(layer: LinearDescription, position: number, file: TensorFile): LinearStep {
  const [vertices, channels] = layer.out
  const outputs = vertices * channels
  return {
    type: 'linear',
    inputs: layer.in,
    vertices,
    channels,
    weight: takeFloats(file, `layers.${position}.weight`, [outputs, layer.in]),
    bias: takeFloats(file, `layers.${position}.bias`, [outputs]),
  }
}

function resolveChebyshev(
  layer: ChebyshevDescription,
  position: number,
  laplacian: ScaledLaplacian,
  file: TensorFile,
): ChebyshevStep {
  const { K: order, in: inputs, out: outputs } = layer
  return {
    type: 'chebyshev',
    laplacian,
    order,
    inputs,
    outputs,
    weight: takeFloats(file, `layers.${position}.weight`, [order, inputs, outputs]),
    bias: takeFloats(file, `layers.${position}.bias`, [outputs]),
  }
}
