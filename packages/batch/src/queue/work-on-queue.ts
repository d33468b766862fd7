import { setTimeout as sleep } from 'node:timers/promises'
import type { Job, Worker } from 'bullmq'
import type { MachineOptions } from '../engine/open-batch-detector.ts'
import { runShard, type ShardResult } from '../engine/run-shard.ts'
import { BatchError, StoreError } from '../errors.ts'
import { OpenedRun } from './opened-run.ts'
import { closeWithin, loadBullMq, QUEUE_NAME, toConnection } from './redis.ts'
import type { ShardJob } from './shard-queue.ts'

/** How a worker works. */
export interface WorkOptions extends MachineOptions {
  /** Gives the shard in hand back and ends. */
  readonly signal?: AbortSignal
  /**
   * Seconds after which another worker takes the shard of one that is gone; a worker that lives renews it
   * at half that time. Default 30.
   */
  readonly lease?: number
  /** Ends when there was nothing to do for so many seconds. Default: waits for ever. */
  readonly idle?: number
  readonly onShard?: (result: ShardResult) => void
  /** Told of what is tried again: failures of the connection, of stores and of shards. */
  readonly onError?: (error: Error) => void
}

// A shard that takes so many workers down does not get another; a stop of Redis counts as one of them too.
const mostLost = 20
const pauses = { first: 5000, longest: 60_000 }

/**
 * Does shards of all runs that are in a queue, one at a time, until it is told to end.
 *
 * The network works in threads of its own, so nothing keeps this one from renewing its hold on the shard.
 * Where a store does not answer, the worker gives the shard back and waits, up to a minute at a time.
 *
 * @param url `redis://host:6379`
 * @throws {BatchError} if a run cannot be worked on here, as for want of its folder or of rights
 * @throws {StoreError} if the server cannot be reached at the beginning
 *
 * @example
 * await workOnQueue('redis://10.0.0.5', { idle: 60 })
 */
export async function workOnQueue(url: string, options: WorkOptions = {}): Promise<void> {
  const { signal, lease = 30, idle, onError = () => undefined } = options
  const bullMq = await loadBullMq(url)
  const processor = new ShardProcessor(options)
  const leaving = new AbortController()
  const worker: Worker<ShardJob> = new bullMq.Worker<ShardJob>(
    QUEUE_NAME,
    async (job, token) => {
      if (await processor.process(job)) return
      await job.moveToWait(token)
      throw new bullMq.WaitingError()
    },
    {
      connection: toConnection(url, leaving.signal),
      lockDuration: lease * 1000,
      stalledInterval: lease * 1000,
      maxStalledCount: mostLost,
      removeOnComplete: { count: 0 },
    },
  )
  worker.on('error', onError)
  worker.on('failed', (_, error) => onError(error))
  try {
    await processor.untilEnd(signal, idle)
  } finally {
    leaving.abort()
    await closeWithin(worker)
    await processor.close()
  }
}

/** Does shards, and knows when it is time to end. */
class ShardProcessor {
  private readonly options: WorkOptions
  private readonly opened: OpenedRun
  private readonly ending = new AbortController()
  private failure: unknown
  private pause = pauses.first
  private isBusy = false
  private idleSince = performance.now()

  constructor(options: WorkOptions) {
    const { threads, provider } = options
    this.options = options
    this.opened = new OpenedRun({
      ...(threads === undefined ? {} : { threads }),
      ...(provider === undefined ? {} : { provider }),
    })
  }

  /** @returns false if the shard is to be given back. @throws if it has failed */
  async process({ data }: Pick<Job<ShardJob>, 'data'>): Promise<boolean> {
    const { signal } = this.ending
    if (signal.aborted) return false
    this.isBusy = true
    try {
      const run = await this.open(data)
      const result = await runShard(run, data.shard, { signal })
      this.pause = pauses.first
      this.options.onShard?.(result)
      return true
    } catch (error) {
      if (signal.aborted) return false
      if (BatchError.isInstance(error)) this.end(error)
      else if (StoreError.isInstance(error)) await this.waitFor(error)
      else throw error
      return false
    } finally {
      this.isBusy = false
      this.idleSince = performance.now()
    }
  }

  /** @throws what keeps this machine from working */
  async untilEnd(signal: AbortSignal | undefined, idle: number | undefined): Promise<void> {
    signal?.addEventListener('abort', () => this.ending.abort())
    if (signal?.aborted) this.ending.abort()
    const timer = setInterval(() => {
      const seconds = (performance.now() - this.idleSince) / 1000
      if (idle !== undefined && !this.isBusy && seconds >= idle) this.ending.abort()
    }, 200)
    if (!this.ending.signal.aborted) {
      await new Promise((resolve) => this.ending.signal.addEventListener('abort', resolve))
    }
    clearInterval(timer)
    if (this.failure) throw this.failure
  }

  close(): Promise<void> {
    return this.opened.close()
  }

  private async open(job: ShardJob) {
    try {
      return await this.opened.open(job)
    } catch (error) {
      if (StoreError.isInstance(error)) throw error
      // Every shard would meet it: a model that is not there, no right to read the store.
      const message = error instanceof Error ? error.message : String(error)
      throw new BatchError(`This machine cannot work on ${job.store}: ${message}`, error)
    }
  }

  private end(error: Error): void {
    this.failure = error
    this.ending.abort()
  }

  private async waitFor(error: Error): Promise<void> {
    this.options.onError?.(error)
    await sleep(this.pause, undefined, { signal: this.ending.signal }).catch(() => undefined)
    this.pause = Math.min(2 * this.pause, pauses.longest)
  }
}
