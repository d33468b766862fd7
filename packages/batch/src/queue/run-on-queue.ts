import { setTimeout as sleep } from 'node:timers/promises'
import { missingShards } from '../engine/progress.ts'
import type { Plan } from '../plan/plan.ts'
import type { Store } from '../store/store.ts'
import type { FailedShard, ShardQueue } from './shard-queue.ts'

/** How a run on a queue is watched. */
export interface WatchOptions {
  readonly signal?: AbortSignal
  /** Called after each look with the shards that are done. */
  readonly onProgress?: (done: number) => void
  /** Seconds between looks. Default 10. */
  readonly interval?: number
}

/** Gives the shards of a run that are not done to workers, and those that failed before again. @throws {StoreError} */
export async function fillQueue(queue: ShardQueue, store: Store, plan: Plan): Promise<void> {
  await queue.retryFailed(store, plan)
  await queue.add(store, plan, await missingShards(store, plan))
}

/**
 * Waits until all shards of a run are done, or all others have failed. Where the queue has lost shards, as
 * Redis without persistence does when it is stopped, they are added again.
 *
 * @returns the shards that failed, with the reasons
 * @throws {StoreError} and the signal's reason
 */
export async function watchQueue(
  queue: ShardQueue,
  store: Store,
  plan: Plan,
  { signal, onProgress, interval = 10 }: WatchOptions = {},
): Promise<FailedShard[]> {
  for (;;) {
    const missing = await missingShards(store, plan)
    onProgress?.(plan.shards.length - missing.length)
    if (missing.length === 0) return []
    const failed = await queue.failedOf(store, plan)
    const given = new Set(failed.map(({ shard }) => shard))
    if (missing.every((shard) => given.has(shard))) return failed
    const { waiting, active } = await queue.counts()
    // Those that are done in between are found done.
    if (waiting + active + failed.length < missing.length) await queue.add(store, plan, missing)
    await sleep(interval * 1000, undefined, signal ? { signal } : {})
  }
}
