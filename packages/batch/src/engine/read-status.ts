import { PLAN_NAME, type Plan } from '../plan/plan.ts'
import type { Store, StoredFile } from '../store/store.ts'
import { type Committed, listCommitted } from './progress.ts'

/** How far a run is; shards are counted when their parts are there. */
export interface BatchStatus {
  readonly shards: { readonly total: number; readonly done: number }
  readonly pictures: {
    readonly total: number
    /** The failed ones included. */
    readonly done: number
    readonly failed: number
    readonly waiting: number
  }
  /** Pictures a second, of all workers together, over the ten minutes before the last part. */
  readonly rate: number
  /** Seconds until all is done at that rate; undefined while there is none. */
  readonly secondsLeft: number | undefined
}

const windowMilliseconds = 10 * 60_000
const readsAtATime = 16

/** Reads how far a run is from its store alone. @throws {StoreError} */
export async function readStatus(store: Store, plan: Plan): Promise<BatchStatus> {
  const committed = await listCommitted(store, plan)
  const { parts } = committed
  const count = (shards: Iterable<string>) =>
    [...shards].reduce((sum, shard) => sum + picturesOf(plan, shard), 0)
  const done = count(parts.keys())
  const waiting = plan.pictures - done
  const rate = rateOf(plan, [...parts.entries()], await plannedAt(store))
  return {
    shards: { total: plan.shards.length, done: parts.size },
    pictures: { total: plan.pictures, done, failed: await countFailed(store, committed), waiting },
    rate,
    secondsLeft: waiting === 0 ? 0 : rate > 0 ? waiting / rate : undefined,
  }
}

/** All shards have as many pictures but the last. */
function picturesOf({ shards, shardSize, pictures }: Plan, shard: string): number {
  const isLast = shard === shards.at(-1)
  return isLast ? pictures - shardSize * (shards.length - 1) : shardSize
}

/**
 * Pictures a second. Where the run is older than the window, counting begins with its first part, whose own
 * time is not known: a run that was stopped for a night is as fast as it was.
 */
function rateOf(
  plan: Plan,
  parts: readonly (readonly [string, StoredFile])[],
  planned: number,
): number {
  const sorted = parts.toSorted(([, a], [, b]) => a.modified - b.modified)
  const latest = sorted.at(-1)?.[1].modified ?? 0
  const isInWindow = (time: number) => latest - time <= windowMilliseconds
  const recent = sorted.filter(([, { modified }]) => isInWindow(modified))
  const counted = isInWindow(planned) ? recent : recent.slice(1)
  const start = isInWindow(planned) ? planned : (recent[0]?.[1].modified ?? latest)
  const pictures = counted.reduce((sum, [shard]) => sum + picturesOf(plan, shard), 0)
  return latest > start ? (pictures * 1000) / (latest - start) : 0
}

async function plannedAt(store: Store): Promise<number> {
  for await (const { modified } of store.list(PLAN_NAME)) return modified
  return 0
}

async function countFailed(store: Store, { parts, errors }: Committed): Promise<number> {
  // Errors without their part are of a shard that is not done.
  const files = [...errors].filter(([shard, { size }]) => parts.has(shard) && size > 0)
  let failed = 0
  for (let at = 0; at < files.length; at += readsAtATime) {
    const some = files.slice(at, at + readsAtATime)
    const read = await Promise.all(some.map(([, { name }]) => store.read(name)))
    for (const data of read) failed += Buffer.from(data ?? []).filter((byte) => byte === 10).length
  }
  return failed
}
