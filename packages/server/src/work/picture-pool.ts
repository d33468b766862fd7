import type { WorkerLostError } from '@retinaface/core'
import { onAbort, WorkerSeat } from '@retinaface/core/platform'
import type { CreateOptions } from '@retinaface/node'
import { startThread } from '@retinaface/node/threads'
import type { Outcome, PictureJob, Task } from './picture-job.ts'

/** What a worker tells of its detector. */
export interface WorkerFacts {
  readonly model: string
  readonly provider: string
}

interface Waiting {
  start(seat: WorkerSeat<WorkerFacts, PictureJob>): void
}

const missing = 'A bundle must leave @retinaface/server out, or have picture-worker.js beside it.'

/**
 * Workers that do one picture at a time each, in the order in which they come.
 *
 * A worker is free again when it has really ended what it was at, also where nobody waits for it any more:
 * decoders that cannot be stopped never pile up.
 */
export class PicturePool {
  private readonly seats: readonly WorkerSeat<WorkerFacts, PictureJob>[]
  private readonly queue: Waiting[] = []
  /** What a worker took for a picture of late, about. */
  secondsAPicture = 0.5

  /** @param onLost told of each worker that ended of itself or was given up; another takes its place */
  constructor(workers: number, plan: CreateOptions, onLost: (error: WorkerLostError) => void) {
    const startNext = () => this.startNext()
    const parts = {
      startWorker: () => startThread(new URL('./picture-worker.js', import.meta.url), missing),
      plan: { ...plan, threads: 1 },
      onAnswer: startNext,
      onLost: (error: WorkerLostError) => {
        onLost(error)
        startNext()
      },
    }
    this.seats = Array.from({ length: workers }, () => new WorkerSeat(parts))
  }

  /** Starts the workers and their detectors. */
  async open(): Promise<WorkerFacts> {
    const facts = await Promise.all(this.seats.map((seat) => seat.open()))
    return facts[0]!
  }

  /** Pictures that wait for a worker. */
  get waiting(): number {
    return this.queue.length
  }

  /** Workers that are at something. */
  get busy(): number {
    return this.seats.filter(({ load }) => load > 0).length
  }

  /**
   * Does a picture when its turn comes.
   *
   * @param onStart called when a worker begins with it
   * @throws the signal's reason as soon as it is aborted, and what the picture fails with
   */
  run(
    bytes: Uint8Array,
    task: Task,
    signal: AbortSignal,
    onStart: () => void = () => undefined,
  ): Promise<Outcome> {
    const done = new Promise<Outcome>((resolve, reject) => {
      const entry: Waiting = {
        start: (seat) => {
          ignore()
          onStart()
          // At once, so that the seat is taken before another picture is given one.
          resolve(this.timed(() => seat.call({ kind: 'picture', bytes, task }, { signal })))
        },
      }
      const ignore = onAbort(signal, () => {
        this.queue.splice(this.queue.indexOf(entry), 1)
        reject(signal.reason)
      })
      if (signal.aborted) reject(signal.reason)
      else this.queue.push(entry)
      this.startNext()
    })
    return done.finally(() => this.startNext())
  }

  /** Ends the workers when they are done. */
  async close(): Promise<void> {
    await Promise.all(this.seats.map((seat) => seat.close()))
  }

  private async timed(work: () => Promise<Outcome>): Promise<Outcome> {
    const begun = performance.now()
    const outcome = await work()
    this.secondsAPicture += ((performance.now() - begun) / 1000 - this.secondsAPicture) / 8
    return outcome
  }

  private startNext(): void {
    const seat = this.seats.find(({ load }) => load === 0)
    if (seat) this.queue.shift()?.start(seat)
  }
}
