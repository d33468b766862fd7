/// <reference lib="esnext.disposable" />

import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import type { AlignedFace, AlignOptions } from '../align/align-face.ts'
import type { CancelSignal } from '../cancel/cancel-signal.ts'
import {
  type DetectOptions,
  type ResolvedDetectOptions,
  resolveDetectOptions,
} from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import type { ActiveProvider } from '../network/execution-provider.ts'
import type { ModelConfiguration } from '../network/model-configuration.ts'
import {
  detectInOrder,
  type ManyProgress,
  type PictureResult,
  type SizedFaces,
} from './detect-in-order.ts'
import { PicturesUnderWay } from './pictures-under-way.ts'
import { askForSource, type OnDemand } from './source-on-demand.ts'

// Large enough that every part of the network runs, too small to take long.
const blankImage: PixelImage = {
  data: new Uint8Array(256 * 256),
  width: 256,
  height: 256,
  channels: 1,
}

/** Options of {@link FaceDetector.detectMany}. */
export interface DetectManyOptions extends Omit<DetectOptions, 'onProgress'> {
  /** Called after each picture. */
  readonly onProgress?: (progress: ManyProgress) => void
}

/**
 * What every detector does, wherever its network runs: finds faces in whatever a platform calls a
 * picture, or what a function gives for one. `Loaded` is a picture whose source is there.
 *
 * @example
 * await using retinaface = await createRetinaFace()
 * const faces = await retinaface.detect(photo)
 */
export abstract class FaceDetector<Source, Loaded = unknown> implements AsyncDisposable {
  abstract readonly configuration: ModelConfiguration
  /** What runs the network. */
  abstract readonly provider: ActiveProvider
  /** Whether faces can have context features: they are optional outputs of a network. */
  abstract readonly givesContextFeatures: boolean
  /** What faces can have besides box and landmarks: options of `detect`, as `'mesh'`. */
  abstract readonly stageNames: readonly string[]
  /** Pictures that `detectMany` begins with before the one whose result is due is done. */
  protected abstract readonly ahead: number
  private readonly underWay = new PicturesUnderWay()
  private release: Promise<void> | undefined

  /**
   * Finds every face of a picture, the best first; a picture without faces gives `[]`.
   *
   * @throws {ImageReadError} if the picture cannot be read
   * @throws {InvalidArgumentError} if an option is not valid
   * @throws the signal's reason as soon as it is aborted
   */
  async detect(source: OnDemand<Source>, options: DetectOptions = {}): Promise<Face[]> {
    return (await this.detectSized(source, options)).faces
  }

  /** As {@link detect}, with the size of the upright picture. */
  async detectSized(source: OnDemand<Source>, options: DetectOptions = {}): Promise<SizedFaces> {
    const resolved = resolveDetectOptions(options, this.stageNames)
    return this.withLoaded(source, resolved.signal, (loaded) => this.findFaces(loaded, resolved))
  }

  /**
   * Finds the faces of many pictures, one result a picture in the order given; pictures that cannot
   * be read give a result with the error and do not stop the rest. Holds two pictures in
   * memory, in Node.js three a thread where there are several; functions are called when it is their
   * picture's turn, so that what they give is not held for all of them.
   *
   * @throws the signal's reason as soon as it is aborted, and {@link InvalidArgumentError} for bad
   * options
   */
  async *detectMany<Given extends OnDemand<Source>>(
    sources: Iterable<Given> | AsyncIterable<Given>,
    options: DetectManyOptions = {},
  ): AsyncGenerator<PictureResult<Given>, void, undefined> {
    // `onProgress` is told of other things here, but is a function too.
    const shared = options as Omit<DetectManyOptions, 'onProgress'>
    const { signal } = resolveDetectOptions(shared, this.stageNames)
    const { onProgress, ...detectOptions } = options
    const detect = (source: Given) => this.detectOneOfMany(source, detectOptions)
    yield* detectInOrder(sources, { detect, ahead: this.ahead, signal, onProgress })
  }

  /**
   * Cuts a face out and turns it upright, by default as ArcFace expects it (112×112); of several faces
   * all, of a picture that is read once.
   *
   * @returns the crop, or those of several faces in their order
   * @throws {ImageReadError} if the picture cannot be read
   * @throws {InvalidArgumentError} if a face has no landmarks or an option is not valid
   *
   * @example
   * const crops = await retinaface.align(photo, await retinaface.detect(photo))
   */
  async align(
    source: OnDemand<Source>,
    face: Pick<Face, 'landmarks'>,
    options?: AlignOptions,
  ): Promise<AlignedFace>
  async align(
    source: OnDemand<Source>,
    faces: readonly Pick<Face, 'landmarks'>[],
    options?: AlignOptions,
  ): Promise<AlignedFace[]>
  async align(
    source: OnDemand<Source>,
    given: Pick<Face, 'landmarks'> | readonly Pick<Face, 'landmarks'>[],
    options: AlignOptions = {},
  ): Promise<AlignedFace | AlignedFace[]> {
    const isOne = !Array.isArray(given)
    const faces = (isOne ? [given] : given).map(onlyLandmarks)
    const crops = await this.withLoaded(source, undefined, (loaded) =>
      this.cutOut(loaded, faces, options),
    )
    return isOne ? crops[0]! : crops
  }

  /** Detects in a blank picture, so that the first real one is not slower than those after it. */
  async warmUp(): Promise<void> {
    // Every platform takes pixels for a picture.
    await this.detect(blankImage as Source)
  }

  /** Reads a picture into upright pixels, as `detect` does. */
  async readImage(source: OnDemand<Source>, signal?: CancelSignal): Promise<PixelImage> {
    return this.withLoaded(source, signal, (loaded) => this.readPixels(loaded, signal))
  }

  /**
   * Frees the network. Runs that are under way finish first; what waits for a source that has not come,
   * as a stream, and later calls throw a {@link DisposedError}.
   */
  dispose(): Promise<void> {
    this.release ??= this.underWay.close().then(() => this.free())
    return this.release
  }

  /** Has `await using` dispose of it; a platform without the symbol never calls it. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose()
  }

  /** Waits for a source, which may never come, as a stream; ends on its signal. */
  protected abstract load(source: Source, signal: CancelSignal): Promise<Loaded>
  protected abstract findFaces(loaded: Loaded, options: ResolvedDetectOptions): Promise<SizedFaces>
  protected abstract cutOut(
    loaded: Loaded,
    faces: readonly Pick<Face, 'landmarks'>[],
    options: AlignOptions,
  ): Promise<AlignedFace[]>
  protected abstract readPixels(loaded: Loaded, signal?: CancelSignal): Promise<PixelImage>
  /** Frees the network when nothing is under way any more. */
  protected abstract free(): Promise<void>

  /** Frees what was loaded, whether it was worked on or not. */
  protected freeLoaded(_loaded: Loaded): void {}

  /** Finds the faces of one of the pictures of `detectMany`. */
  protected detectOneOfMany(source: OnDemand<Source>, options: DetectOptions): Promise<SizedFaces> {
    return this.detectSized(source, options)
  }

  private withLoaded<Result>(
    source: OnDemand<Source>,
    signal: CancelSignal | undefined,
    perform: (loaded: Loaded) => Promise<Result>,
  ): Promise<Result> {
    const load = async (stop: CancelSignal) => this.load(await askForSource(source, stop), stop)
    const free = (loaded: Loaded) => this.freeLoaded(loaded)
    return this.underWay.run({ signal, load, perform, free })
  }
}

/** The rest of a face need not go to a worker. */
function onlyLandmarks(face: Pick<Face, 'landmarks'>): Pick<Face, 'landmarks'> {
  if (!face?.landmarks) throw new InvalidArgumentError('face', 'a face with landmarks', face)
  return { landmarks: face.landmarks }
}
