import { WeightFileError } from '../errors/mesh-decoder-error.ts'
import { ACTIVATIONS, type Activation } from '../graph/activation.ts'

/** A dense layer from the latent to [vertices, channels]; tensors `layers.{i}.weight` and `.bias`. */
export interface LinearDescription {
  readonly type: 'linear'
  readonly in: number
  readonly out: readonly [vertices: number, channels: number]
  readonly activation: Activation
}

/** Mesh up-sampling from `level` to `level + 1`. */
export interface UpsampleDescription {
  readonly type: 'upsample'
  readonly level: number
}

/** A Chebyshev graph convolution on `level`; tensors `layers.{i}.weight` and `.bias`. */
export interface ChebyshevDescription {
  readonly type: 'chebyshev'
  readonly level: number
  readonly in: number
  readonly out: number
  readonly K: number
  readonly activation: Activation
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
  if (!Array.isArray(layers) || layers.length === 0) {
    throw new WeightFileError('Expected the architecture to be a list of layers.')
  }
  return layers.map(parseLayer)
}

function parseLayer(value: unknown, position: number): LayerDescription {
  const layer = (value ?? {}) as Record<string, unknown>
  const size = (key: string) => positiveSize(layer[key], `layers[${position}].${key}`)
  switch (layer.type) {
    case 'linear': {
      const [vertices, channels] = Array.isArray(layer.out) ? layer.out : []
      const name = `layers[${position}].out`
      const out = [positiveSize(vertices, name), positiveSize(channels, name)] as const
      return { type: 'linear', in: size('in'), out, activation: parseActivation(layer, position) }
    }
    case 'upsample':
      return { type: 'upsample', level: levelOf(layer, position) }
    case 'chebyshev':
      return {
        type: 'chebyshev',
        level: levelOf(layer, position),
        in: size('in'),
        out: size('out'),
        K: size('K'),
        activation: parseActivation(layer, position),
      }
    default:
      throw new WeightFileError(
        `Expected layers[${position}] of type linear, upsample or chebyshev but found ${JSON.stringify(layer.type)}. Is the package older than the file?`,
      )
  }
}

function positiveSize(value: unknown, name: string): number {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number
  throw new WeightFileError(
    `Expected a positive size for ${name} but found ${JSON.stringify(value)}.`,
  )
}

function levelOf(layer: Record<string, unknown>, position: number): number {
  const { level } = layer
  if (Number.isSafeInteger(level) && (level as number) >= 0) return level as number
  throw new WeightFileError(
    `Expected a level for layers[${position}] but found ${JSON.stringify(level)}.`,
  )
}

function parseActivation(layer: Record<string, unknown>, position: number): Activation {
  const known = ACTIVATIONS.find((activation) => activation === layer.activation)
  if (known !== undefined) return known
  throw new WeightFileError(
    `Expected the activation of layers[${position}] to be one of ${ACTIVATIONS.join(', ')} but found ${JSON.stringify(layer.activation)}.`,
  )
}
