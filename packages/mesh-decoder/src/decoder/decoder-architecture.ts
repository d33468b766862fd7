import { WeightFileError } from '../errors/mesh-errors.ts'

/** What follows a layer; 'leaky_relu' has slope 0.2 below zero, 'elu' is e^x − 1 there. */
export type ActivationName = 'none' | 'relu' | 'leaky_relu' | 'elu'

const ACTIVATION_NAMES: readonly ActivationName[] = ['none', 'relu', 'leaky_relu', 'elu']

/**
 * A dense layer from the latent to [vertices, channels] of one level; tensors `layers.{i}.weight`
 * [vertices × channels, in] and `layers.{i}.bias`, where i is the layer's place in the list.
 */
export interface LinearDescription {
  readonly type: 'linear'
  readonly in: number
  readonly out: readonly [vertices: number, channels: number]
  readonly activation: ActivationName
}

/** Mesh up-sampling from `level` to `level + 1`. */
export interface UpsampleDescription {
  readonly type: 'upsample'
  readonly level: number
}

/**
 * A Chebyshev graph convolution on `level`; tensors `layers.{i}.weight` [K, in, out] and
 * `layers.{i}.bias`.
 */
export interface ChebyshevDescription {
  readonly type: 'chebyshev'
  readonly level: number
  readonly in: number
  readonly out: number
  readonly K: number
  readonly activation: ActivationName
}

export type LayerDescription = LinearDescription | UpsampleDescription | ChebyshevDescription

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
  const name = (key: string) => `layers[${position}].${key}`
  const size = (key: string) => parseCount(layer[key], name(key), 1)
  const level = () => parseCount(layer.level, name('level'), 0)
  const activation = () => parseActivation(layer.activation, name('activation'))
  switch (layer.type) {
    case 'linear': {
      const [vertices, channels] = Array.isArray(layer.out) ? layer.out : []
      const out = [vertices, channels].map((value) => parseCount(value, name('out'), 1))
      const [rows, columns] = out as [number, number]
      return { type: 'linear', in: size('in'), out: [rows, columns], activation: activation() }
    }
    case 'upsample':
      return { type: 'upsample', level: level() }
    case 'chebyshev': {
      const sizes = { in: size('in'), out: size('out'), K: size('K') }
      return { type: 'chebyshev', level: level(), ...sizes, activation: activation() }
    }
    default:
      return fail(name('type'), 'linear, upsample or chebyshev', layer.type)
  }
}

function parseActivation(value: unknown, name: string): ActivationName {
  const known = ACTIVATION_NAMES.find((activation) => activation === value)
  return known ?? fail(name, `one of ${ACTIVATION_NAMES.join(', ')}`, value)
}

function parseCount(value: unknown, name: string, least: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= least) return value as number
  return fail(name, `a whole number from ${least}`, value)
}

function fail(name: string, expected: string, received: unknown): never {
  throw new WeightFileError(
    `Expected ${expected} for ${name} of the architecture but found ${JSON.stringify(received)}. Is the package older than the file?`,
  )
}
