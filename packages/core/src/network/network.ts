import type { Tensor } from 'onnxruntime-common'
import { ModelMismatchError } from '../errors/detector-errors.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import { bindInput, bindMap, bindOutputs, type OutputTensor } from './bind-outputs.ts'
import type { ActiveProvider } from './execution-provider.ts'
import type { FeatureMaps } from './feature-map.ts'
import type { LevelOutputs } from './head-outputs.ts'
import type { ModelConfiguration } from './model-configuration.ts'
import { NetworkInput } from './network-input.ts'
import { type LevelOutputNames, resolveOutputNames } from './resolve-output-names.ts'
import type { InputSize } from './write-tensor.ts'

/** What is used of a runtime's session; `InferenceSession` of ONNX Runtime is one. */
export interface NetworkSession {
  readonly inputNames: readonly string[]
  /** All that it can compute. */
  readonly outputNames: readonly string[]
  /** Computes the named outputs, no more where that is cheaper; valid until the next run. */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    outputs: readonly string[],
  ): Promise<Readonly<Record<string, OutputTensor>>>
  release(): Promise<void>
}

/** A session, what decodes its outputs, and what runs it. */
export interface NetworkParts {
  readonly session: NetworkSession
  readonly configuration: ModelConfiguration
  readonly provider: ActiveProvider
}

/** What a run is asked for besides scores, boxes and landmarks. */
export interface RunNeeds {
  /** The context features of every level. */
  readonly contextFeatures: boolean
  /** Further maps by their names in the network: outputs, or the input itself. */
  readonly tensors: readonly string[]
  /** Smaller faces do not count; in pixels of the network's input. */
  readonly minFaceSize: number
}

/** What one run gave. */
export interface NetworkOutputs {
  readonly levels: LevelOutputs[]
  readonly maps: FeatureMaps
}

/** A session and its configuration, as one function from input to each level's outputs. */
export class Network {
  readonly configuration: ModelConfiguration
  /** Whether it gives out the context features of every level. */
  readonly givesContextFeatures: boolean
  private readonly session: NetworkSession
  private readonly names: readonly LevelOutputNames[]
  private readonly input: NetworkInput

  /** @throws {ModelMismatchError} when the session's inputs or outputs do not fit. */
  constructor({ session, configuration }: Omit<NetworkParts, 'provider'>) {
    const { name: input } = configuration.input
    if (!session.inputNames.includes(input)) {
      throw new ModelMismatchError(
        `The network has no input "${input}", which the configuration "${configuration.name}" names; it has ${session.inputNames.join(', ')}. Choose the preset that the network was exported with.`,
      )
    }
    this.configuration = configuration
    this.session = session
    this.input = new NetworkInput(configuration.input)
    this.names = resolveOutputNames(configuration, session.outputNames)
    this.givesContextFeatures = this.names.every(
      ({ contextFeatures }) => contextFeatures !== undefined,
    )
  }

  /**
   * Runs the network on pixels in the top-left corner of its input.
   *
   * @param size of the input; right and bottom are padded
   * @param flip mirror the pixels inside their own width
   * @throws {ModelMismatchError} when the outputs do not fit, or lack features that are asked for.
   *
   * The input's buffer is used again by the next run, so runs must not overlap.
   */
  async run(
    pixels: PixelImage,
    size: InputSize,
    flip: boolean,
    { contextFeatures: withFeatures, tensors, minFaceSize }: RunNeeds,
  ): Promise<NetworkOutputs> {
    if (withFeatures) this.expectFeatures()
    const input = this.input.tensorOf(pixels, size, flip)
    const { configuration, names: all } = this
    const levels = configuration.levels.filter(
      ({ neededBelow = Number.POSITIVE_INFINITY }) => minFaceSize < neededBelow,
    )
    const kept = all.filter((_, i) => levels.includes(configuration.levels[i]!))
    const names = withFeatures ? kept : kept.map(withoutFeatures)
    const inputName = configuration.input.name
    const wanted = [...names.flatMap((level) => Object.values(level)), ...tensors]
    const fetches = new Set<string>(wanted)
    fetches.delete(inputName)
    const outputs = await this.session.run({ [inputName]: input }, [...fetches])
    return {
      levels: bindOutputs({ ...configuration, levels }, names, size, outputs),
      maps: new Map(
        tensors.map((name) => [
          name,
          name === inputName ? bindInput(input) : bindMap(outputs, name),
        ]),
      ),
    }
  }

  /** @throws {ModelMismatchError} when the network has no such input or output. */
  expectTensors(tensors: readonly string[], reader: string): void {
    const known = [this.configuration.input.name, ...this.session.outputNames]
    const missing = tensors.filter((name) => !known.includes(name))
    if (missing.length === 0) return
    throw new ModelMismatchError(
      `The network has no output ${missing.join(', ')}, which its ${reader} branch needs. Use the detector that the branch was made for.`,
    )
  }

  private expectFeatures(): void {
    if (this.givesContextFeatures) return
    const { name, outputs } = this.configuration
    throw new ModelMismatchError(
      `With this network faces cannot have context features: its configuration "${name}" ${outputs.contextFeatures ? `names ${outputs.contextFeatures}` : 'names no output for them'}, and the network has ${this.session.outputNames.join(', ')}.`,
    )
  }

  release(): Promise<void> {
    return this.session.release()
  }
}

function withoutFeatures({ contextFeatures: _, ...heads }: LevelOutputNames): LevelOutputNames {
  return heads
}
