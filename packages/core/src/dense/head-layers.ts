import { type TensorFile, takeFloats } from '@retinaface/mesh-decoder'
import type { HeadArchitecture } from './head-architecture.ts'
import { foldNormalisation, type LinearLayer } from './linear-layer.ts'

/**
 * The layers of a dense head from geometry, own features and grids to the outputs, for inputs that
 * are not normalised; a ReLU follows each but the last.
 *
 * @throws {WeightFileError} if a tensor is missing or of another shape.
 */
export function readHeadLayers(file: TensorFile, { inputs }: HeadArchitecture): LinearLayer[] {
  const { geometry, own, points, grids } = inputs
  const count = grids.reduce(
    (sum, { channels }) => sum + points.length * channels,
    geometry + own.channels,
  )
  const floats = (name: string, ...shape: (number | string)[]) => takeFloats(file, name, shape)
  const layer = (name: string, width: number): LinearLayer => ({
    weight: floats(`${name}.weight`, 'outputs', width),
    bias: floats(`${name}.bias`, 'outputs'),
  })
  const hidden = layer('hidden', count)
  const mean = floats('inputs.mean', count)
  const scale = floats('inputs.scale', count)
  const second = layer('hidden2', hidden.bias.length)
  return [foldNormalisation(hidden, mean, scale), second, layer('out', second.bias.length)]
}
