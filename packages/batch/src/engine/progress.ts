import { PART_PREFIX, shardOf } from '../part/part-file.ts'
import type { Plan } from '../plan/plan.ts'
import type { Store, StoredFile } from '../store/store.ts'

/** What of a run is in its store. */
export interface Committed {
  /** The part of each shard that is done. */
  readonly parts: ReadonlyMap<string, StoredFile>
  /** The errors of shards that have some. */
  readonly errors: ReadonlyMap<string, StoredFile>
}

/** Lists what is done: that is all that says so. @throws {StoreError} */
export async function listCommitted(store: Store, { shards }: Plan): Promise<Committed> {
  const known = new Set(shards)
  const parts = new Map<string, StoredFile>()
  const errors = new Map<string, StoredFile>()
  for await (const file of store.list(PART_PREFIX)) {
    const of = shardOf(file.name)
    if (!of || !known.has(of.shard)) continue
    if (of.isErrors) errors.set(of.shard, file)
    else parts.set(of.shard, file)
  }
  return { parts, errors }
}

/** The shards that are not done, in their order. */
export async function missingShards(store: Store, plan: Plan): Promise<string[]> {
  const { parts } = await listCommitted(store, plan)
  return plan.shards.filter((shard) => !parts.has(shard))
}
