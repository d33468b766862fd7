import { type AlignedFace, type AlignOptions, alignFaces } from '../align/align-face.ts'
import type { CancelSignal } from '../cancel/cancel-signal.ts'
import { LandmarkRefinement } from '../dense/landmark-refinement.ts'
import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import type { FaceStages } from '../face/face-stage.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import { type ShrunkenImage, toShrunkenImage } from '../image/shrunken-image.ts'
import type { ActiveProvider } from '../network/execution-provider.ts'
import type { ModelConfiguration } from '../network/model-configuration.ts'
import { Network, type NetworkParts } from '../network/network.ts'
import { planShrink, type ShrinkPlan } from '../views/plan-shrink.ts'
import { detectFaces } from './detect-faces.ts'
import type { SizedFaces } from './detect-in-order.ts'
import { FaceDetector } from './face-detector.ts'
import { type AskedStage, OpenStages } from './run-stages.ts'
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
  /** Loads the weights that refine the five landmarks, for networks that have such. */
  readonly loadLandmarks?: () => Promise<Uint8Array>
  /** What faces can have besides box and landmarks, by the option that asks for it, as `mesh`. */
  readonly stages?: FaceStages
}

/** A detector whose network runs in the thread that calls it. Create one with the platform's package. */
export class RetinaFace<Source, Loaded = Source> extends FaceDetector<Source, Loaded> {
  readonly configuration: ModelConfiguration
  readonly provider: ActiveProvider
  readonly givesContextFeatures: boolean
  readonly stageNames: readonly string[]
  private readonly network: Network
  private readonly loadLandmarks: RetinaFaceParts<Source, Loaded>['loadLandmarks']
  private readonly loadSource: RetinaFaceParts<Source, Loaded>['load']
  private readonly read: RetinaFaceParts<Source, Loaded>['readImage']
  private readonly stages: OpenStages
  private landmarks: Promise<LandmarkRefinement | undefined> | undefined
  private readonly queue = new SerialQueue()

  /** @throws {ModelMismatchError} when the session does not fit the configuration. */
  constructor(parts: RetinaFaceParts<Source, Loaded>) {
    super()
    this.configuration = parts.configuration
    this.provider = parts.provider
    this.network = new Network(parts)
    this.givesContextFeatures = this.network.givesContextFeatures
    this.loadLandmarks = parts.loadLandmarks
    this.loadSource = parts.load
    this.read = parts.readImage
    this.stageNames = Object.keys(parts.stages ?? {})
    this.stages = new OpenStages(parts.stages ?? {}, this.network)
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
    const stages = await this.stages.open(options.stages)
    const keepWhole = stages.some(({ stage, option }) => stage.needsPicture(option))
    const shrink = planShrink(options, this.configuration, keepWhole)
    const picture = toShrunkenImage(await this.read(loaded, signal, shrink))
    const { width, height } = picture
    const faces = await this.queue.run(() => this.detectPixels(picture, options, stages))
    return { width, height, faces }
  }

  protected async readPixels(loaded: Loaded, signal?: CancelSignal): Promise<PixelImage> {
    return toShrunkenImage(await this.read(loaded, signal)).pixels
  }

  protected async cutOut(
    loaded: Loaded,
    faces: readonly Pick<Face, 'landmarks'>[],
    options: AlignOptions,
  ): Promise<AlignedFace[]> {
    return alignFaces(await this.readPixels(loaded), faces, options)
  }

  protected async free(): Promise<void> {
    await Promise.all([this.network.release(), this.stages.release()])
  }

  private async detectPixels(
    picture: ShrunkenImage,
    options: ResolvedDetectOptions,
    stages: readonly AskedStage[],
  ): Promise<Face[]> {
    options.signal?.throwIfAborted()
    const landmarks = await this.landmarkRefinement()
    return detectFaces(this.network, picture, options, stages, landmarks)
  }

  private landmarkRefinement(): Promise<LandmarkRefinement | undefined> {
    this.landmarks ??= this.createLandmarkRefinement()
    // A failure to load is reported each time, but tried again.
    this.landmarks.catch(() => {
      this.landmarks = undefined
    })
    return this.landmarks
  }

  private async createLandmarkRefinement(): Promise<LandmarkRefinement | undefined> {
    if (!this.loadLandmarks) return undefined
    // Loaded with the first picture: pages that show another network need neither code nor weights.
    const refinement = new LandmarkRefinement(await this.loadLandmarks())
    this.network.expectTensors(refinement.tensors, 'landmark')
    return refinement
  }
}
