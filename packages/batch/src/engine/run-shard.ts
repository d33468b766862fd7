import { type DetectOptions, type PictureResult, WorkerLostError } from '@retinaface/core'
import { StoreError } from '../errors.ts'
import { columnsOf, type Row } from '../part/columns.ts'
import {
  errorsName,
  failuresOf,
  partName,
  readFailures,
  writeErrors,
  writePart,
} from '../part/part-file.ts'
import { toErrorRow, toFailure, toRows } from '../part/rows.ts'
import { type Plan, readShard } from '../plan/plan.ts'
import type { PlannedPicture } from '../plan/shards.ts'
import type { Store } from '../store/store.ts'
import { detectOptionsOf } from './detect-options.ts'
import type { BatchDetector } from './open-batch-detector.ts'
import { PictureSource } from './picture-source.ts'

/** A run on this machine. */
export interface Run {
  readonly store: Store
  readonly plan: Plan
  readonly detector: BatchDetector
}

/** What is told while a shard is done. */
export interface ShardOptions {
  /** Stops the work; nothing of the shard is committed then. */
  readonly signal?: AbortSignal | undefined
  /** Called after each picture. */
  readonly onPicture?: ((failed: boolean) => void) | undefined
}

/** What became of a shard. */
export interface ShardResult {
  readonly shard: string
  /** False if its part was there already, or another worker was faster: that one counts. */
  readonly committed: boolean
  readonly pictures: number
  readonly failed: number
  readonly faces: number
}

/**
 * Does a shard and commits it whole: its part appears complete, once, however often and by how many
 * workers it is done.
 *
 * @throws {StoreError} if the store, or a bucket of pictures, does not answer
 * @throws the signal's reason as soon as it is aborted
 */
export async function runShard(
  run: Run,
  shard: string,
  options: ShardOptions = {},
): Promise<ShardResult> {
  const { store, plan } = run
  const { settings } = plan
  const { format = 'parquet' } = settings
  const part = partName(shard, format)
  const pictures = await readShard(store, shard)
  if (await isThere(store, part)) return settle(run, shard, pictures.length)
  const rows = await detectRows(run, pictures, options)
  options.signal?.throwIfAborted()
  const failures = failuresOf(rows)
  // Before the part, so that a part that is there has its errors.
  if (failures.length > 0) await store.replace(errorsName(shard), writeErrors(failures))
  const data = writePart(rows, columnsOf(settings), format)
  if (!(await store.create(part, data))) return settle(run, shard, pictures.length)
  const faces = rows.filter(({ face }) => face).length
  return { shard, committed: true, pictures: pictures.length, failed: failures.length, faces }
}

async function isThere(store: Store, name: string): Promise<boolean> {
  for await (const file of store.list(name)) if (file.name === name) return true
  return false
}

/** Has the errors say what the part says that is there: this worker may have written others over them. */
async function settle({ store, plan }: Run, shard: string, pictures: number): Promise<ShardResult> {
  const { format = 'parquet' } = plan.settings
  const part = await store.read(partName(shard, format))
  const failures = part ? await readFailures(part, format) : []
  const name = errorsName(shard)
  if (failures.length > 0 || (await isThere(store, name))) {
    await store.replace(name, writeErrors(failures))
  }
  return { shard, committed: false, pictures, failed: failures.length, faces: 0 }
}

async function detectRows(
  { plan, detector }: Run,
  pictures: readonly PlannedPicture[],
  { signal, onPicture }: ShardOptions,
): Promise<Row[]> {
  const source = new PictureSource(plan.base)
  const options = { ...detectOptionsOf(plan.settings), ...(signal ? { signal } : {}) }
  const sources = pictures.map((picture) => () => source.get(picture))
  const rows: Row[] = []
  let number = 0
  for await (const result of detector.detectMany(sources, options)) {
    const picture = pictures[number++]!
    const found = rowsOf(picture, await onceMore(detector, result, options))
    rows.push(...found)
    onPicture?.(found.some(({ error_code }) => error_code !== undefined))
  }
  return rows
}

type Result = PictureResult<() => Promise<string | Uint8Array>>

/** A worker that is lost takes others' pictures along: each of them is looked at once more, alone. */
async function onceMore(
  detector: BatchDetector,
  result: Result,
  options: DetectOptions,
): Promise<Result> {
  if (!('error' in result) || !WorkerLostError.isInstance(result.error)) return result
  const { source } = result
  try {
    return { status: 'ok', source, ...(await detector.detectSized(source, options)) }
  } catch (error) {
    options.signal?.throwIfAborted()
    return { ...result, error: error as Error }
  }
}

function rowsOf(picture: PlannedPicture, result: Result): Row[] {
  if (typeof picture !== 'string') return [toErrorRow(picture)]
  if (result.status === 'ok') return toRows(picture, result)
  // It may be there when the shard is done again.
  if (StoreError.isInstance(result.error)) throw result.error
  return [toErrorRow(toFailure(picture, result.error))]
}
