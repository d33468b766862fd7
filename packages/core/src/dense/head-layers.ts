import { type TensorFile, takeFloats } from '@retinaface/mesh-decoder'
import type { HeadArchitecture } from './head-architecture.ts'
import { foldNormalisation, type LinearLayer } from './linear-layer.ts'

/** The weights of a dense head, for inputs that are not normalised. */
export interface HeadLayers {
  /** One for each grid: from the map's channels at a point to fewer; a ReLU follows. */
  readonly reductions: readonly LinearLayer[]
  /** From geometry, own features and grids to the outputs; a ReLU follows each but the last. */
  readonly layers: readonly LinearLayer[]
}

/** @throws {WeightFileError} if a tensor is missing or of another shape. */
export function readHeadLayers(file: TensorFile, { inputs }: HeadArchitecture): HeadLayers {
  const { geometry, grids } = inputs
  const floats = (name: string, ...shape: (number | string)[]) => takeFloats(file, name, shape)
  const layer = (name: string): LinearLayer => ({
    weight: floats(`${name}.weight`, 'outputs', 'inputs'),
    bias: floats(`${name}.bias`, 'outputs'),
  })
  const reductions = grids.map(({ tensor }) =>
    foldNormalisation(
      layer(`reduce.${tensor}`),
      floats(`${tensor}.mean`, 'channels'),
      floats(`${tensor}.scale`, 'channels'),
    ),
  )
  const hidden = layer('hidden')
  const count = hidden.weight.length / hidden.bias.length
  const mean = new Float32Array(count)
  const scale = new Float32Array(count).fill(1)
  mean.set(floats('geometry.mean', geometry))
  scale.set(floats('geometry.scale', geometry))
  mean.set(floats('own.mean', 'channels'), geometry)
  scale.set(floats('own.scale', 'channels'), geometry)
  const layers = [foldNormalisation(hidden, mean, scale), layer('hidden2'), layer('out')]
  return { reductions, layers }
}
