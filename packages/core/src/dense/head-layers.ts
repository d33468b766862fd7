import { type TensorFile, takeFloats } from '@retinaface/mesh-decoder'
import { type HeadArchitecture, outputCount } from './head-architecture.ts'
import { foldNormalisation, type LinearLayer } from './linear-layer.ts'

/**
 * The layers of a dense head from geometry, own features and grids to the outputs, for inputs that
 * are not normalised; a ReLU follows each but the last.
 *
 * @throws {WeightFileError} if a tensor is missing or of another shape.
 */
export function readHeadLayers(file: TensorFile, { inputs }: HeadArchitecture): LinearLayer[] {
  const { geometry, own, points } = inputs
  return readLayers(file, '', geometry + own.channels + points.length * channelsAPoint(inputs))
}

/**
 * The layers of each refinement, from geometry, outputs so far and what is read at the points to what
 * is to be added to the outputs.
 *
 * @throws {WeightFileError} if a tensor is missing or of another shape.
 */
export function readRefinementLayers(
  file: TensorFile,
  { inputs, outputs, refinements }: HeadArchitecture,
): LinearLayer[][] {
  if (!refinements) return []
  const { count, points } = refinements
  const width = inputs.geometry + outputCount(outputs) + points * channelsAPoint(inputs)
  return Array.from({ length: count }, (_, i) => readLayers(file, `refinements.${i}.`, width))
}

/** Numbers that are read at each point. */
export function channelsAPoint({ grids }: Pick<HeadArchitecture['inputs'], 'grids'>): number {
  return grids.reduce((sum, { channels }) => sum + channels, 0)
}

/**
 * Two hidden layers and the outputs, for inputs that are not normalised; the first takes `count`.
 *
 * @throws {WeightFileError} if a tensor is missing or of another shape.
 */
export function readLayers(file: TensorFile, prefix: string, count: number): LinearLayer[] {
  const floats = (name: string, ...shape: (number | string)[]) => {
    return takeFloats(file, prefix + name, shape)
  }
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
