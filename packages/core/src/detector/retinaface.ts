import { type AlignedFace, type AlignOptions, alignFace } from '../align/align-face.ts'
import type { CancelSignal } from '../cancel/cancel-signal.ts'
import type { OpenDenseLayers } from '../dense/dense-head.ts'
import type { MeshBranch, MeshBranchFiles } from '../dense/mesh-branch.ts'
import { ModelMismatchError } from '../errors/retinaface-error.ts'
import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import { type ShrunkenImage, toShrunkenImage } from '../image/shrunken-image.ts'
import type { ActiveProvider } from '../network/execution-provider.ts'
import type { ModelConfiguration } from '../network/model-configuration.ts'
import { Network, type NetworkParts } from '../network/network.ts'
import { planShrink, type ShrinkPlan } from '../views/plan-shrink.ts'
import { detectFaces } from './detect-faces.ts'
import type { SizedFaces } from './detect-in-order.ts'
import { FaceDetector } from './face-detector.ts'
import { SerialQueue } from './serial-queue.ts'

/** What a platform's package hands to {@link RetinaFace}. */
export interface RetinaFaceParts<Source, Loaded = Source> extends NetworkParts {
  /**
   * Waits for a source that may never come, as a stream, and gives one that is there. It ends on its
   * signal: that of the caller, and the detector's when it is disposed of. Default: all are there.
   */
  readonly load?: (source: Source, signal: CancelSignal) => Promise<Loaded>
  /**
   * Reads a picture that is there into upright pixels. It may give a smaller
   * copy where `shrink` is given and allows it; where it is not, it gives all pixels.
   */
  readonly readImage: (
    source: Loaded,
    signal?: CancelSignal,
    shrink?: ShrinkPlan,
  ) => Promise<PixelImage | ShrunkenImage>
  /** Loads the files of the detector's mesh branch, when a mesh is first asked for. */
  readonly loadMeshBranch?: () => Promise<MeshBranchFiles>
  /** Runs its dense layers, where the platform has something faster than WebAssembly. */
  readonly openDenseLayers?: OpenDenseLayers
}

/** A detector whose network runs in the thread that calls it. Create one with the platform's package. */
export class RetinaFace<Source, Loaded = Source> extends FaceDetector<Source, Loaded> {
  readonly configuration: ModelConfiguration
  readonly provider: ActiveProvider
  readonly givesFeatures: boolean
  private readonly network: Network
  private readonly loadSource: RetinaFaceParts<Source, Loaded>['load']
  private readonly read: RetinaFaceParts<Source, Loaded>['readImage']
  private readonly loadFiles: RetinaFaceParts<Source, Loaded>['loadMeshBranch']
  private readonly openLayers: OpenDenseLayers | undefined
  private branch: Promise<MeshBranch> | undefined
  private readonly queue = new SerialQueue()

  /** @throws {ModelMismatchError} when the session does not fit the configuration. */
  constructor(parts: RetinaFaceParts<Source, Loaded>) {
    super()
    this.configuration = parts.configuration
    this.provider = parts.provider
    this.network = new Network(parts)
    this.givesFeatures = this.network.givesFeatures
    this.loadSource = parts.load
    this.read = parts.readImage
    this.loadFiles = parts.loadMeshBranch
    this.openLayers = parts.openDenseLayers
  }

  // Reading one picture while the network works on another keeps both busy; more only costs memory.
  protected get ahead(): number {
    return 1
  }

  protected async load(source: Source, signal: CancelSignal): Promise<Loaded> {
    return this.loadSource ? this.loadSource(source, signal) : (source as unknown as Loaded)
  }

  protected async findFaces(loaded: Loaded, options: ResolvedDetectOptions): Promise<SizedFaces> {
    const { signal } = options
    const picture = toShrunkenImage(
      await this.read(loaded, signal, planShrink(options, this.configuration)),
    )
    const { width, height } = picture
    const faces = await this.queue.run(() => this.detectPixels(picture, options))
    return { width, height, faces }
  }

  protected async readPixels(loaded: Loaded, signal?: CancelSignal): Promise<PixelImage> {
    return toShrunkenImage(await this.read(loaded, signal)).pixels
  }

  protected async cutOut(
    loaded: Loaded,
    { landmarks }: Pick<Face, 'landmarks'>,
    options: AlignOptions,
  ): Promise<AlignedFace> {
    return alignFace(await this.readPixels(loaded), landmarks, options)
  }

  protected async free(): Promise<void> {
    const branch = await this.branch?.catch(() => undefined)
    await Promise.all([this.network.release(), branch?.head.release()])
  }

  private async detectPixels(
    picture: ShrunkenImage,
    options: ResolvedDetectOptions,
  ): Promise<Face[]> {
    options.signal?.throwIfAborted()
    const branch = options.mesh ? await this.meshBranch() : undefined
    return detectFaces(this.network, picture, options, branch)
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
