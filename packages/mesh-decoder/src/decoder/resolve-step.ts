import { scaledLaplacian } from '../graph/scaled-laplacian.ts'
import type { MeshTopology } from '../topology/mesh-topology.ts'
import { vertexCountOf } from '../topology/triangle-mesh.ts'
import { takeFloats } from '../weights/take-tensor.ts'
import type { TensorFile } from '../weights/tensor-file.ts'
import type {
  ChebyshevDescription,
  LayerDescription,
  LinearDescription,
} from './decoder-architecture.ts'
import type { ChebyshevStep, DecoderStep, LinearStep } from './decoder-network.ts'
import type { Flow } from './layer-flow.ts'

/**
 * A layer with its weights and graphs; undefined for the one that denormalises.
 *
 * @throws WeightFileError if a tensor is missing or of another shape.
 */
export function resolveStep(
  layer: LayerDescription,
  position: number,
  { channels }: Flow,
  { levels, upsamplings }: MeshTopology,
  file: TensorFile,
): DecoderStep | undefined {
  switch (layer.type) {
    case 'linear':
      return resolveLinear(layer, position, file)
    case 'chebyshev':
      return resolveChebyshev(layer, position, levels, file)
    case 'upsample': {
      const coarseCount = vertexCountOf(levels[layer.from]!)
      return { type: 'upsample', sampling: upsamplings[layer.from]!, coarseCount, channels }
    }
    case 'activation':
      return {
        type: 'activation',
        activation: {
          below: layer.kind === 'elu' ? 'elu' : 'slope',
          slope: layer.kind === 'leaky-relu' ? layer.slope : 0,
        },
      }
    case 'denormalise':
      return undefined
  }
}

function resolveLinear(layer: LinearDescription, position: number, file: TensorFile): LinearStep {
  const outputs = layer.vertices * layer.channels
  return {
    ...layer,
    weight: takeFloats(file, `layers.${position}.weight`, [outputs, layer.inputs]),
    bias: takeFloats(file, `layers.${position}.bias`, [outputs]),
  }
}

function resolveChebyshev(
  layer: ChebyshevDescription,
  position: number,
  levels: MeshTopology['levels'],
  file: TensorFile,
): ChebyshevStep {
  const { level, order, inputs, outputs } = layer
  const mesh = levels[level]!
  return {
    type: 'chebyshev',
    laplacian: scaledLaplacian(mesh.faces, vertexCountOf(mesh)),
    order,
    inputs,
    outputs,
    weight: takeFloats(file, `layers.${position}.weight`, [order, inputs, outputs]),
    bias: takeFloats(file, `layers.${position}.bias`, [outputs]),
  }
}
