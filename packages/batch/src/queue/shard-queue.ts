import { createHash } from 'node:crypto'
import type { Queue } from 'bullmq'
import type { Plan } from '../plan/plan.ts'
import type { Store } from '../store/store.ts'
import { closeWithin, loadBullMq, QUEUE_NAME, toConnection } from './redis.ts'

/** What a worker is told: the plan in the store says all else. */
export interface ShardJob {
  readonly store: string
  readonly plan: string
  readonly shard: string
}

/** What is in the queue, of all runs. */
export interface QueueCounts {
  readonly waiting: number
  readonly active: number
  readonly failed: number
}

/** A shard that could not be done; others are not affected. */
export interface FailedShard {
  readonly shard: string
  readonly reason: string
}

const jobsAtATime = 500

/** The shards that wait for workers, in Redis. It may lose them all: the store says what is done. */
export class ShardQueue {
  private readonly queue: Queue<ShardJob>

  private constructor(queue: Queue<ShardJob>) {
    this.queue = queue
  }

  /**
   * @param url `redis://host:6379`
   * @param onError told of each failure of the connection, which is tried again
   * @throws {BatchError} if BullMQ is not installed or the URL is not valid
   * @throws {StoreError} if the server does not answer
   */
  static async open(url: string, onError: (error: Error) => void): Promise<ShardQueue> {
    const { Queue } = await loadBullMq(url)
    const queue = new Queue<ShardJob>(QUEUE_NAME, { connection: toConnection(url) })
    queue.on('error', onError)
    return new ShardQueue(queue)
  }

  /** Has shards done. One that waits already, is worked on or has failed is not added again. */
  async add(store: Store, plan: Plan, shards: readonly string[]): Promise<void> {
    for (let at = 0; at < shards.length; at += jobsAtATime) {
      const jobs = shards.slice(at, at + jobsAtATime).map((shard) => ({
        name: 'shard',
        data: { store: store.url, plan: plan.id, shard },
        opts: {
          jobId: idOf(store, plan, shard),
          attempts: 3,
          backoff: { type: 'exponential', delay: 5000 },
          removeOnComplete: true,
        },
      }))
      await this.queue.addBulk(jobs)
    }
  }

  /** Has the failed shards of a run done again. */
  async retryFailed(store: Store, plan: Plan): Promise<void> {
    const jobs = await this.queue.getFailed()
    const own = jobs.filter(({ data }) => isOf(data, store, plan))
    await Promise.all(own.map((job) => job.remove()))
    await this.add(
      store,
      plan,
      own.map(({ data }) => data.shard),
    )
  }

  async failedOf(store: Store, plan: Plan): Promise<FailedShard[]> {
    const jobs = await this.queue.getFailed()
    return jobs
      .filter(({ data }) => isOf(data, store, plan))
      .map(({ data, failedReason }) => ({ shard: data.shard, reason: failedReason ?? '' }))
  }

  async counts(): Promise<QueueCounts> {
    const { waiting, delayed, prioritized, active, failed } = await this.queue.getJobCounts(
      ...(['waiting', 'delayed', 'prioritized', 'active', 'failed'] as const),
    )
    return {
      waiting: (waiting ?? 0) + (delayed ?? 0) + (prioritized ?? 0),
      active: active ?? 0,
      failed: failed ?? 0,
    }
  }

  /** Workers that are connected. */
  workers(): Promise<number> {
    return this.queue.getWorkersCount()
  }

  async close(): Promise<void> {
    await closeWithin(this.queue)
  }
}

function idOf(store: Store, plan: Plan, shard: string): string {
  // Two stores may have the same plan.
  const run = createHash('sha256').update(`${store.url}\n${plan.id}`).digest('hex').slice(0, 12)
  return `${run}-${shard}`
}

function isOf(job: ShardJob, store: Store, plan: Plan): boolean {
  return job.store === store.url && job.plan === plan.id
}
