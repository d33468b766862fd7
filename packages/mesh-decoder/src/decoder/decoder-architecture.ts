import { WeightFileError } from '../errors/mesh-decoder-error.ts'

/**
 * A dense layer from the latent to [vertices, channels] of one level; tensors `layers.{i}.weight`
 * [vertices × channels, inputs] and `layers.{i}.bias`, where i is the layer's place in the list.
 */
export interface LinearDescription {
  readonly type: 'linear'
  readonly inputs: number
  readonly vertices: number
  readonly channels: number
}

/**
 * A Chebyshev graph convolution on a level; tensors `layers.{i}.weight` [order, inputs, outputs] and
 * `layers.{i}.bias`.
 */
export interface ChebyshevDescription {
  readonly type: 'chebyshev'
  readonly level: number
  readonly order: number
  readonly inputs: number
  readonly outputs: number
}

/** Mesh up-sampling from a level to the next. */
export interface UpsampleDescription {
  readonly type: 'upsample'
  readonly from: number
  readonly to: number
}

/** A function of each value: x above zero, and below it `slope` times x, or e^x − 1. */
export type ActivationDescription =
  | { readonly type: 'activation'; readonly kind: 'leaky-relu'; readonly slope: number }
  | { readonly type: 'activation'; readonly kind: 'relu' | 'elu' }

/** The last layer: times tensor `scale`, plus tensor `mean`. */
export interface DenormaliseDescription {
  readonly type: 'denormalise'
  readonly vertices: number
  readonly channels: number
}

export type LayerDescription =
  | LinearDescription
  | ChebyshevDescription
  | UpsampleDescription
  | ActivationDescription
  | DenormaliseDescription

/**
 * Parse the text of a weight file's `architecture`: a JSON list of layers.
 *
 * @throws WeightFileError if it is not such a list.
 */
export function parseArchitecture(text: string): readonly LayerDescription[] {
  let layers: unknown
  try {
    layers = JSON.parse(text)
  } catch (cause) {
    throw new WeightFileError('Expected the architecture in JSON: the file is damaged.', cause)
  }
  if (!Array.isArray(layers)) {
    throw new WeightFileError('Expected the architecture to be a list of layers.')
  }
  return layers.map((layer, position) => parseLayer(layer ?? {}, position))
}

function parseLayer(layer: Record<string, unknown>, position: number): LayerDescription {
  const size = (key: string) => count(layer, key, position, 1)
  const level = (key: string) => count(layer, key, position, 0)
  switch (layer.type) {
    case 'linear': {
      const [vertices, channels] = [size('vertices'), size('channels')]
      return { type: 'linear', inputs: size('inputs'), vertices, channels }
    }
    case 'chebyshev': {
      const [inputs, outputs] = [size('inputs'), size('outputs')]
      return { type: 'chebyshev', level: level('level'), order: size('order'), inputs, outputs }
    }
    case 'upsample':
      return { type: 'upsample', from: level('from'), to: level('to') }
    case 'activation':
      return parseActivation(layer, position)
    case 'denormalise':
      return { type: 'denormalise', vertices: size('vertices'), channels: size('channels') }
    default:
      return fail(`layers[${position}].type`, 'a known type', layer.type)
  }
}

function parseActivation(
  { kind, slope }: Record<string, unknown>,
  position: number,
): ActivationDescription {
  if (kind === 'relu' || kind === 'elu') return { type: 'activation', kind }
  if (kind !== 'leaky-relu') {
    return fail(`layers[${position}].kind`, 'relu, leaky-relu or elu', kind)
  }
  if (typeof slope === 'number' && slope >= 0 && slope < 1) {
    return { type: 'activation', kind, slope }
  }
  return fail(`layers[${position}].slope`, 'a number from 0 to below 1', slope)
}

function count(
  layer: Record<string, unknown>,
  key: string,
  position: number,
  least: number,
): number {
  const value = layer[key]
  if (Number.isSafeInteger(value) && (value as number) >= least) return value as number
  return fail(`layers[${position}].${key}`, `a whole number from ${least}`, value)
}

function fail(name: string, expected: string, received: unknown): never {
  throw new WeightFileError(
    `Expected ${expected} for ${name} of the architecture but found ${JSON.stringify(received)}. Is the package older than the file?`,
  )
}
