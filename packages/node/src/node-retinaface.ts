import { type DetectOptions, RetinaFace, type SizedFaces } from '@retinaface/core'
import type { OnDemand, RemoteDetector, RetinaFaceParts } from '@retinaface/core/platform'
import type { LoadedSource } from './load-source.ts'
import type { NodeImageSource } from './read-image.ts'

/** A detector that looks at one picture with all its threads, and at many with a worker for each. */
export class NodeRetinaFace extends RetinaFace<NodeImageSource, LoadedSource> {
  private readonly workers: RemoteDetector<NodeImageSource> | undefined
  private readonly capacity: number
  private opening: Promise<void> | undefined
  private areWorkersThere = false
  /** Pictures that `detectMany` has begun with. */
  private begun = 0

  /**
   * @param workers where more than one thread is to be used
   * @param capacity pictures that are given to them at a time
   */
  constructor(
    parts: RetinaFaceParts<NodeImageSource, LoadedSource>,
    workers: RemoteDetector<NodeImageSource> | undefined,
    capacity: number,
  ) {
    super(parts)
    this.capacity = capacity
    this.workers = workers
  }

  protected override get ahead(): number {
    return this.workers ? this.capacity - 1 : super.ahead
  }

  override async dispose(): Promise<void> {
    await Promise.all([super.dispose(), this.workers?.dispose()])
  }

  protected override detectOneOfMany(
    source: OnDemand<NodeImageSource>,
    options: DetectOptions,
  ): Promise<SizedFaces> {
    const { workers } = this
    // The first are looked at here: all of them are begun before a worker could be there.
    if (!workers || this.begun++ < this.capacity) return this.detectSized(source, options)
    this.opening ??= this.openWorkers(workers)
    return this.areWorkersThere
      ? workers.detectSized(source, options)
      : this.detectSized(source, options)
  }

  private async openWorkers(workers: RemoteDetector<NodeImageSource>): Promise<void> {
    try {
      await workers.open()
      this.areWorkersThere = true
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const warning = `detectMany has no workers and blocks the calling thread. ${reason}`
      process.emitWarning(warning, { code: 'RETINAFACE_WORKER' })
    }
  }
}
