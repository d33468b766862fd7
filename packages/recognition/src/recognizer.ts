import {
  type CancelSignal,
  type FaceDetector,
  InvalidArgumentError,
  ModelMismatchError,
  type PixelImage,
  type StageNetwork,
} from '@retinaface/core'
import {
  expectOptions,
  PicturesUnderWay,
  SerialQueue,
  writeTensor,
} from '@retinaface/core/platform'
import { cutOut } from './align/cut-out.ts'
import {
  ALIGNMENTS,
  type Alignment,
  type FaceToAlign,
  faceTransform,
} from './align/face-transform.ts'
import type { Embedding } from './compare/similarity.ts'
import type { EmbedderConfiguration } from './embedder/embedder.ts'

/** Options of {@link Recognizer.embed}. */
export interface EmbedOptions {
  /** How faces are cut out. Default `'points'`. */
  readonly alignment?: Alignment
  /** Take the mean with the mirrored face: better, and twice the work. Default true. */
  readonly flip?: boolean
  readonly signal?: CancelSignal
}

/** What a {@link Recognizer} is made of. */
export interface RecognizerParts<Source> {
  readonly network: StageNetwork
  readonly embedder: EmbedderConfiguration
  /** Reads pictures: the detector that found the faces. */
  readonly retinaface: Pick<FaceDetector<Source>, 'readImage'>
}

/** Describes faces by vectors. Create one with `@retinaface/recognition/node` or `/web`. */
export class Recognizer<Source> {
  readonly embedder: EmbedderConfiguration
  private readonly network: StageNetwork
  private readonly retinaface: RecognizerParts<Source>['retinaface']
  private readonly underWay = new PicturesUnderWay()
  private readonly queue = new SerialQueue()
  private readonly input: Float32Array
  private release: Promise<void> | undefined

  /** @throws {ModelMismatchError} if the network has not one input and an output */
  constructor({ network, embedder, retinaface }: RecognizerParts<Source>) {
    if (network.inputNames.length !== 1 || network.outputNames.length === 0) {
      throw new ModelMismatchError(
        `Expected an embedder with one input and an output, but the network has ${network.inputNames.length} inputs (${network.inputNames.join(', ')}) and ${network.outputNames.length} outputs. Choose a network that describes faces by vectors.`,
      )
    }
    const { width, height } = embedder.template
    this.embedder = embedder
    this.network = network
    this.retinaface = retinaface
    this.input = new Float32Array(3 * width * height)
  }

  /**
   * Describes a face of a picture, or several.
   *
   * @param photo where `faces` were found
   * @returns a vector a face, of `embedder.dimensions` numbers
   * @throws {ImageReadError} if the picture cannot be read
   * @throws {InvalidArgumentError} if a face lacks what the alignment reads, or an option is not valid
   * @throws {ModelMismatchError} if the network does not fit its configuration
   * @throws the signal's reason as soon as it is aborted
   */
  embed(photo: Source, face: FaceToAlign, options?: EmbedOptions): Promise<Embedding>
  embed(photo: Source, faces: readonly FaceToAlign[], options?: EmbedOptions): Promise<Embedding[]>
  async embed(
    photo: Source,
    faces: FaceToAlign | readonly FaceToAlign[],
    options: EmbedOptions = {},
  ): Promise<Embedding | Embedding[]> {
    const { alignment, flip, signal } = resolve(options)
    const list = isList(faces) ? faces : [faces]
    const { template } = this.embedder
    const transforms = list.map((face) => faceTransform(face, template, alignment))
    const embeddings = await this.underWay.run({
      signal,
      load: (stop) => this.retinaface.readImage(photo, stop),
      perform: async (picture) => {
        const described: Embedding[] = []
        for (const transform of transforms) {
          signal?.throwIfAborted()
          const crop = cutOut(picture, transform, template)
          described.push(await this.queue.run(() => this.describe(crop, flip)))
        }
        return described
      },
      free: () => undefined,
    })
    return isList(faces) ? embeddings : embeddings[0]!
  }

  /** Frees the network, after the faces that are under way; later calls throw a {@link DisposedError}. */
  dispose(): Promise<void> {
    this.release ??= this.underWay.close().then(() => this.network.release())
    return this.release
  }

  /** Has `await using` dispose of it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose()
  }

  private async describe(crop: PixelImage, flip: boolean): Promise<Embedding> {
    const { normalised } = this.embedder
    const seen = await this.look(crop, false)
    const mirrored = flip ? await this.look(crop, true) : seen
    const mean = seen.map((value, i) => (value + mirrored[i]!) / 2)
    if (!normalised) return mean
    const length = Math.hypot(...mean)
    return mean.map((value) => value / length)
  }

  private async look(crop: PixelImage, mirrored: boolean): Promise<Float32Array> {
    const { network, embedder, input } = this
    const { width, height } = embedder.template
    writeTensor(crop, embedder, { width, height }, mirrored, input)
    const [inputName, outputName] = [network.inputNames[0]!, network.outputNames[0]!]
    const outputs = await network.run({
      [inputName]: { data: input, dims: [1, 3, height, width] },
    })
    const { data, dims } = outputs[outputName]!
    if (data.length === embedder.dimensions) return data
    throw new ModelMismatchError(
      `The network gives ${dims.join('×')} numbers a face, but the configuration "${embedder.name}" says ${embedder.dimensions}. Choose the configuration that belongs to the network.`,
    )
  }
}

function isList(faces: FaceToAlign | readonly FaceToAlign[]): faces is readonly FaceToAlign[] {
  return Array.isArray(faces)
}

function resolve(options: EmbedOptions): Required<Pick<EmbedOptions, 'alignment' | 'flip'>> & {
  readonly signal: CancelSignal | undefined
} {
  expectOptions(options, ['alignment', 'flip', 'signal'])
  const { alignment = 'points', flip = true, signal } = options
  if (!ALIGNMENTS.includes(alignment)) {
    throw new InvalidArgumentError(
      'options.alignment',
      `one of ${ALIGNMENTS.join(', ')}`,
      alignment,
    )
  }
  if (typeof flip !== 'boolean') throw new InvalidArgumentError('options.flip', 'a boolean', flip)
  return { alignment, flip, signal }
}
