import type { Worker } from 'node:worker_threads'
import type { DetectOptions, SizedFaces } from '@retinaface/core'
import type { NodeImageSource } from '../read-image.ts'
import { PoolWorker } from './pool-worker.ts'
import { toPostable } from './to-postable.ts'

// One is looked at, one is read, and one waits for the results to be given out in order; with two, two
// workers did 3 % fewer pictures.
const picturesPerWorker = 3

/** Workers that each have a detector of their own. They start when they are given the first picture. */
export class WorkerPool {
  /** Pictures that they have at a time. */
  readonly capacity: number
  private readonly size: number
  private readonly startWorker: () => Worker
  private workers: readonly PoolWorker[] = []
  private isClosed = false

  constructor(size: number, startWorker: () => Worker) {
    this.capacity = size * picturesPerWorker
    this.size = size
    this.startWorker = startWorker
  }

  /**
   * Hands a picture to the worker that has the fewest; rejects if the worker cannot look at it.
   *
   * @returns `undefined` for what cannot be handed over, and while no worker is ready or after
   * {@link close}.
   */
  detect(source: NodeImageSource, options: DetectOptions): Promise<SizedFaces> | undefined {
    if (this.isClosed) return undefined
    this.begin()
    const ready = this.workers.filter((worker) => worker.isReady)
    const [first, ...others] = ready
    const postable = first && toPostable(source)
    if (!postable) return undefined
    const least = others.reduce((best, one) => (one.load < best.load ? one : best), first)
    return least.detect(postable, options)
  }

  /** Starts the workers; true when one is there, false if none will be. */
  async start(): Promise<boolean> {
    this.begin()
    const ready = await Promise.all(this.workers.map((worker) => worker.start()))
    return ready.includes(true)
  }

  /** Ends the workers, when they have finished what they have. */
  async close(): Promise<void> {
    this.isClosed = true
    await Promise.all(this.workers.map((worker) => worker.close()))
  }

  private begin(): void {
    if (this.workers.length > 0) return
    this.workers = Array.from({ length: this.size }, () => new PoolWorker(this.startWorker()))
  }
}
