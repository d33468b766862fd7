import { WeightFileError } from '../errors/mesh-errors.ts'
import { type ScaledLaplacian, scaledLaplacian } from '../graph/scaled-laplacian.ts'
import type { MeshTopology } from '../topology/mesh-topology.ts'
import { vertexCountOf } from '../topology/triangle-mesh.ts'
import { takeFloats } from '../weights/take-tensor.ts'
import type { TensorFile } from '../weights/tensor-file.ts'
import { type LayerDescription, parseArchitecture } from './decoder-architecture.ts'
import type { DecoderNetwork } from './decoder-network.ts'
import { type Flow, flowAfter } from './layer-flow.ts'
import { VERTEX_CHANNELS } from './mesh-decoder.ts'
import { resolveSteps } from './resolve-step.ts'

/**
 * Bring a weight file and a topology together.
 *
 * @throws WeightFileError if the layers do not fit each other, the topology or their tensors.
 */
export function resolveNetwork(topology: MeshTopology, file: TensorFile): DecoderNetwork {
  checkTopology(topology, file)
  const layers = layersOf(file)
  const levelCounts = topology.levels.map(vertexCountOf)
  const flows: Flow[] = []
  layers.forEach((layer, position) => {
    flows.push(flowAfter(layer, flows.at(-1), levelCounts, position))
  })
  const last = flows.at(-1)
  if (last === undefined) throw withoutLinearLayer()
  const vertexCount = levelCounts.at(-1)!
  if (last.level !== levelCounts.length - 1 || last.channels !== VERTEX_CHANNELS) {
    throw new WeightFileError(
      `Expected the last layer to give [${vertexCount}, ${VERTEX_CHANNELS}] but it gives [${levelCounts[last.level]}, ${last.channels}].`,
    )
  }
  const laplacianOf = laplaciansOf(topology)
  const [linear, ...others] = layers.flatMap((layer, position) => {
    return resolveSteps(layer, position, flows[position]!, topology, laplacianOf, file)
  })
  if (linear?.type !== 'linear') throw withoutLinearLayer()
  const steps = [linear, ...others] as const
  return { latentSize: linear.inputs, vertexCount, steps, ...takeNormalisation(file, vertexCount) }
}

function withoutLinearLayer(): WeightFileError {
  return new WeightFileError('Expected an architecture of at least a linear layer.')
}

/** The Laplacian of each level, made when it is first asked for. */
function laplaciansOf({ levels }: MeshTopology): (level: number) => ScaledLaplacian {
  const made = new Map<number, ScaledLaplacian>()
  return (level) => {
    const mesh = levels[level]!
    const laplacian = made.get(level) ?? scaledLaplacian(mesh.triangles, vertexCountOf(mesh))
    made.set(level, laplacian)
    return laplacian
  }
}

/** A weight file may name the checksum of the topology that it was trained on. */
function checkTopology({ checksum }: MeshTopology, file: TensorFile): void {
  const expected = file.metadata.get('topology')
  if (expected === undefined || checksum === undefined || expected === checksum) return
  throw new WeightFileError(
    `Expected the topology of checksum ${expected}, on which the decoder was trained, but received that of ${checksum}.`,
  )
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
