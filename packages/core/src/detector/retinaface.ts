import { type AlignedFace, type AlignOptions, alignFace } from '../align/align-face.ts'
import type { OpenDenseLayers } from '../dense/dense-head.ts'
import type { MeshBranch, MeshBranchFiles } from '../dense/mesh-branch.ts'
import {
  DisposedError,
  InvalidArgumentError,
  ModelMismatchError,
} from '../errors/retinaface-error.ts'
import {
  type CancelSignal,
  type DetectOptions,
  type ResolvedDetectOptions,
  resolveDetectOptions,
} from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import { type ShrunkenImage, toShrunkenImage } from '../image/shrunken-image.ts'
import type { ModelConfiguration } from '../network/model-configuration.ts'
import { Network, type NetworkParts } from '../network/network.ts'
import { planShrink, type ShrinkPlan } from '../views/plan-shrink.ts'
import { detectFaces } from './detect-faces.ts'
import {
  detectInOrder,
  type ManyProgress,
  type PictureResult,
  type SizedFaces,
} from './detect-in-order.ts'
import { SerialQueue } from './serial-queue.ts'

/** What a platform's package hands to {@link RetinaFace}. */
export interface RetinaFaceParts<Source> extends NetworkParts {
  /**
   * Reads anything that the platform takes for a picture into upright pixels. It may give a smaller
   * copy where `shrink` is given and allows it; where it is not, it gives all pixels.
   */
  readonly readImage: (
    source: Source,
    signal?: CancelSignal,
    shrink?: ShrinkPlan,
  ) => Promise<PixelImage | ShrunkenImage>
  /** Loads the files of the detector's mesh branch, when a mesh is first asked for. */
  readonly loadMeshBranch?: () => Promise<MeshBranchFiles>
  /** Runs its dense layers, where the platform has something faster than WebAssembly. */
  readonly openDenseLayers?: OpenDenseLayers
}

/** Options of {@link RetinaFace.detectMany}. */
export interface DetectManyOptions extends Omit<DetectOptions, 'onProgress'> {
  /** Called after each picture. */
  readonly onProgress?: (progress: ManyProgress) => void
}

// Reading one picture while the network works on another keeps both busy; more only costs memory.
const readAhead = 1

/** Finds faces in whatever a platform calls a picture. Create one with the platform's package. */
export class RetinaFace<Source> {
  readonly configuration: ModelConfiguration
  /** Whether faces can have context features: they are optional outputs of a network. */
  readonly givesFeatures: boolean
  private readonly network: Network
  private readonly read: RetinaFaceParts<Source>['readImage']
  private readonly loadFiles: RetinaFaceParts<Source>['loadMeshBranch']
  private readonly openLayers: OpenDenseLayers | undefined
  private branch: Promise<MeshBranch> | undefined
  private readonly queue = new SerialQueue()
  private release: Promise<void> | undefined

  /** @throws {ModelMismatchError} when the session does not fit the configuration. */
  constructor(parts: RetinaFaceParts<Source>) {
    this.configuration = parts.configuration
    this.network = new Network(parts)
    this.givesFeatures = this.network.givesFeatures
    this.read = parts.readImage
    this.loadFiles = parts.loadMeshBranch
    this.openLayers = parts.openDenseLayers
  }

  /**
   * Finds every face of a picture, the best first; a picture without faces gives `[]`.
   *
   * @throws {ImageReadError} if the picture cannot be read
   * @throws {InvalidArgumentError} if an option is not valid
   * @throws the signal's reason if it is aborted
   */
  async detect(source: Source, options: DetectOptions = {}): Promise<Face[]> {
    return (await this.detectSized(source, options)).faces
  }

  /**
   * Finds the faces of many pictures, one result a picture in the order given; pictures that cannot
   * be read give a result with the error and do not stop the rest. Holds two pictures in
   * memory, in Node.js three a thread where there are several.
   *
   * @throws the signal's reason if it is aborted, and {@link InvalidArgumentError} for bad options
   */
  async *detectMany(
    sources: Iterable<Source> | AsyncIterable<Source>,
    options: DetectManyOptions = {},
  ): AsyncGenerator<PictureResult<Source>, void, undefined> {
    // `onProgress` is told of other things here, but is a function too.
    const { signal } = resolveDetectOptions(options as Omit<DetectManyOptions, 'onProgress'>)
    const { onProgress, ...detectOptions } = options
    const lookAt = (source: Source) => this.detectSized(source, detectOptions)
    yield* detectInOrder(sources, { lookAt, ahead: readAhead, signal, onProgress })
  }

  /**
   * Cuts a face out and turns it upright, by default as ArcFace expects it (112×112).
   *
   * @throws {ImageReadError} if the picture cannot be read
   * @throws {InvalidArgumentError} if the face has no landmarks or an option is not valid
   */
  async align(
    source: Source,
    face: Pick<Face, 'landmarks'>,
    options: AlignOptions = {},
  ): Promise<AlignedFace> {
    if (!face?.landmarks) throw new InvalidArgumentError('face', 'a face with landmarks', face)
    return alignFace(await this.readImage(source), face.landmarks, options)
  }

  /** Reads a picture into upright pixels, as `detect` does. */
  async readImage(source: Source, signal?: CancelSignal): Promise<PixelImage> {
    if (this.release) throw new DisposedError()
    signal?.throwIfAborted()
    return toShrunkenImage(await this.read(source, signal)).pixels
  }

  /** Frees the network. Runs that are under way finish first; later calls throw a DisposedError. */
  dispose(): Promise<void> {
    this.release ??= this.queue.run(async () => {
      const branch = await this.branch?.catch(() => undefined)
      await Promise.all([this.network.release(), branch?.head.release()])
    })
    return this.release
  }

  /** As `detect`, with the size of the upright picture. */
  protected async detectSized(source: Source, options: DetectOptions = {}): Promise<SizedFaces> {
    const resolved = resolveDetectOptions(options)
    const picture = await this.readPicture(source, resolved)
    const { width, height } = picture
    return { width, height, faces: await this.detectPixels(picture, resolved) }
  }

  private async readPicture(
    source: Source,
    options: ResolvedDetectOptions,
  ): Promise<ShrunkenImage> {
    const shrink = planShrink(options)
    if (!shrink) return toShrunkenImage(await this.readImage(source, options.signal))
    if (this.release) throw new DisposedError()
    options.signal?.throwIfAborted()
    return toShrunkenImage(await this.read(source, options.signal, shrink))
  }

  private detectPixels(picture: ShrunkenImage, options: ResolvedDetectOptions): Promise<Face[]> {
    if (this.release) return Promise.reject(new DisposedError())
    return this.queue.run(async () => {
      const branch = options.mesh ? await this.meshBranch() : undefined
      return detectFaces(this.network, picture, options, branch)
    })
  }

  private meshBranch(): Promise<MeshBranch> {
    this.branch ??= this.createMeshBranch()
    // A failure to load is reported each time, but tried again.
    this.branch.catch(() => {
      this.branch = undefined
    })
    return this.branch
  }

  private async createMeshBranch(): Promise<MeshBranch> {
    if (!this.loadFiles) {
      throw new ModelMismatchError(
        `The detector "${this.configuration.name}" has no mesh branch. Choose a shipped model that has one by its name, as 'mnet025', or detect without mesh.`,
      )
    }
    // Loaded when a mesh is first asked for, so that pages that only detect need not fetch it.
    const { MeshBranch } = await import('../dense/mesh-branch.ts')
    const branch = new MeshBranch(await this.loadFiles())
    this.network.expectTensors(branch.head.tensors)
    if (this.openLayers) await branch.runOn(this.openLayers)
    return branch
  }
}
