import type { AlignedFace, AlignOptions } from '../align/align-face.ts'
import type { CancelSignal } from '../cancel/cancel-signal.ts'
import type { SizedFaces } from '../detector/detect-in-order.ts'
import { FaceDetector } from '../detector/face-detector.ts'
import type { WorkerLostError } from '../errors/detector-errors.ts'
import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import type { ActiveProvider } from '../network/execution-provider.ts'
import type { ModelConfiguration } from '../network/model-configuration.ts'
import type { CallControl, RemoteCall, RemoteWorker } from './protocol.ts'
import { closeAll } from './serve-calls.ts'
import { WorkerSeat } from './worker-seat.ts'

/** A picture that can be posted, with what is handed over rather than copied. */
export interface Postable {
  readonly source: unknown
  readonly transfer: readonly unknown[]
}

/** What a platform's package hands to {@link RemoteDetector}. */
export interface RemoteParts<Source> {
  readonly workers: number
  /** Pictures that `detectMany` begins with before the one whose result is due is done. */
  readonly ahead: number
  /** Starts a worker that serves a detector, see `serveDetector`. */
  readonly startWorker: () => RemoteWorker
  /** What each worker makes its detector from. */
  readonly plan: unknown
  /** Waits for a source and makes it fit to be posted; the caller keeps what it gave. */
  readonly prepare: (source: Source, signal: CancelSignal) => Promise<Postable>
  /** Told of each worker that ended of itself or was given up; the next picture starts another. */
  readonly onLost?: (error: WorkerLostError) => void
}

/** What workers tell of their detectors. */
export interface RemoteFacts {
  readonly configuration: ModelConfiguration
  readonly givesContextFeatures: boolean
  readonly stageNames: readonly string[]
  readonly provider: ActiveProvider
}

/** A detector in workers: the calling thread waits for sources and does none of the work. */
export class RemoteDetector<Source> extends FaceDetector<Source, Postable> {
  protected readonly ahead: number
  private readonly seats: readonly WorkerSeat<RemoteFacts, RemoteCall>[]
  private readonly prepare: RemoteParts<Source>['prepare']

  constructor(parts: RemoteParts<Source>) {
    super()
    this.ahead = parts.ahead
    this.prepare = parts.prepare
    this.seats = Array.from(
      { length: parts.workers },
      () => new WorkerSeat<RemoteFacts, RemoteCall>(parts),
    )
  }

  /**
   * Starts the workers and their detectors; until then nothing is known of them.
   *
   * @throws {WorkerLostError} if a worker cannot be started, and what making its detector fails with
   */
  async open(onProgress?: (progress: never) => void): Promise<void> {
    await Promise.all(this.seats.map((seat) => seat.open(onProgress)))
  }

  get configuration(): ModelConfiguration {
    return this.facts.configuration
  }

  get givesContextFeatures(): boolean {
    return this.facts.givesContextFeatures
  }

  /** None until a worker has told. */
  get stageNames(): readonly string[] {
    return this.seats[0]!.facts?.stageNames ?? []
  }

  get provider(): ActiveProvider {
    return this.facts.provider
  }

  private get facts(): RemoteFacts {
    return this.seats[0]!.facts!
  }

  protected load(source: Source, signal: CancelSignal): Promise<Postable> {
    return this.prepare(source, signal)
  }

  protected findFaces(loaded: Postable, options: ResolvedDetectOptions): Promise<SizedFaces> {
    const { signal, onProgress, stages, ...others } = options
    const plain = { ...others, ...stages }
    return this.send(
      loaded,
      { kind: 'detect', source: loaded.source, options: plain },
      { signal, onProgress },
    )
  }

  protected readPixels(loaded: Postable, signal?: CancelSignal): Promise<PixelImage> {
    return this.send(loaded, { kind: 'readImage', source: loaded.source }, { signal })
  }

  protected cutOut(
    loaded: Postable,
    faces: readonly Pick<Face, 'landmarks'>[],
    options: AlignOptions,
  ): Promise<AlignedFace[]> {
    return this.send(loaded, { kind: 'align', source: loaded.source, faces, options })
  }

  protected async free(): Promise<void> {
    await Promise.all(this.seats.map((seat) => seat.close()))
  }

  /** Of what was handed over nothing is left here to close. */
  protected override freeLoaded({ transfer }: Postable): void {
    closeAll(transfer)
  }

  /** Has the worker that has the least in hand do something. */
  private send<Result>(
    { transfer }: Postable,
    call: RemoteCall,
    control?: CallControl,
  ): Promise<Result> {
    const least = this.seats.reduce((best, seat) => (seat.load < best.load ? seat : best))
    return least.call(call, control, transfer)
  }
}
