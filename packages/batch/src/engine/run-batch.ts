import { InvalidArgumentError } from '@retinaface/core'
import { missingShards } from './progress.ts'
import { type Run, runShard, type ShardOptions, type ShardResult } from './run-shard.ts'

/** Which shards are done here, and what is told. */
export interface BatchOptions extends ShardOptions {
  /** Which of `shardCount` tasks this is, from 0; each does every `shardCount`-th shard. Default 0. */
  readonly shardIndex?: number
  /** Tasks in all. Default 1. */
  readonly shardCount?: number
}

/**
 * Does the shards of a run that are not done yet, one after the other, in this process.
 *
 * @throws {StoreError} if the store does not answer; what is committed stays, and the next call goes on
 * @throws {InvalidArgumentError} and the signal's reason
 *
 * @example
 * for await (const { shard, faces } of runBatch({ store, plan, detector })) console.log(shard, faces)
 */
export async function* runBatch(
  run: Run,
  options: BatchOptions = {},
): AsyncGenerator<ShardResult, void, undefined> {
  const own = ownShards(run.plan.shards, options)
  const missing = new Set(await missingShards(run.store, run.plan))
  for (const shard of own) if (missing.has(shard)) yield runShard(run, shard, options)
}

/** The shards of one of several tasks. @throws {InvalidArgumentError} */
export function ownShards(
  shards: readonly string[],
  { shardIndex = 0, shardCount = 1 }: BatchOptions,
): string[] {
  if (!Number.isInteger(shardCount) || shardCount < 1) {
    throw new InvalidArgumentError('options.shardCount', 'a whole number from 1', shardCount)
  }
  if (!Number.isInteger(shardIndex) || shardIndex < 0 || shardIndex >= shardCount) {
    const expected = `a whole number from 0 to ${shardCount - 1}`
    throw new InvalidArgumentError('options.shardIndex', expected, shardIndex)
  }
  return shards.filter((_, number) => number % shardCount === shardIndex)
}
