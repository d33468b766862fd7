import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { BatchError } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { BatchSettings } from './settings.ts'
import { cutShards, type PlannedPicture, parseList } from './shards.ts'

/** What a run does, as its store keeps it: it is made once and never changed. */
export interface Plan {
  /** Beginning of the SHA-256 of all else. */
  readonly id: string
  /** What the pictures were found by. */
  readonly inputs: readonly string[]
  /** The folder that relative paths of pictures start at. */
  readonly base: string
  readonly settings: BatchSettings
  /** Pictures of a shard; the last may have fewer. */
  readonly shardSize: number
  /** Pictures of all shards. */
  readonly pictures: number
  /** Ids of the shards in their order. */
  readonly shards: readonly string[]
}

/** What a plan is made of. */
export interface PlanOptions {
  /** What the pictures are found by; a run on others needs another store. */
  readonly inputs: readonly string[]
  /** The pictures; not looked for where the store has a plan for the same inputs. */
  readonly pictures: Iterable<PlannedPicture> | AsyncIterable<PlannedPicture>
  /** True if `pictures` may be others for the same inputs, as those of a list on standard input. */
  readonly compares?: boolean
  /** The folder that relative paths of pictures start at. Default: the working folder. */
  readonly base?: string
  readonly settings?: BatchSettings
  /** Default 2,000. */
  readonly shardSize?: number
}

/** The plan's file in a store. */
export const PLAN_NAME = 'plan.json'
const defaultShardSize = 2000

/** The plan of a store; undefined if it has none. @throws {StoreError} */
export async function readPlan(store: Store): Promise<Plan | undefined> {
  const data = await store.read(PLAN_NAME)
  return data && parsePlan(store, data)
}

/**
 * Makes the plan of a run, or gives the one that its store has: of several machines that make it at the
 * same time all get the same.
 *
 * @throws {BatchError} if the store has a plan for something else, or there are no pictures
 * @throws {StoreError}
 *
 * @example
 * const plan = await createPlan(store, { inputs: ['photos'], pictures: ['photos/1.jpg', 'photos/2.jpg'] })
 */
export async function createPlan(store: Store, options: PlanOptions): Promise<Plan> {
  const { inputs, base = process.cwd(), settings = {}, shardSize = defaultShardSize } = options
  if (!Number.isInteger(shardSize) || shardSize < 1) {
    throw new BatchError(`Expected a positive whole number of pictures but received ${shardSize}.`)
  }
  const known = await readPlan(store)
  if (known) return expectSame(store, known, { ...options, settings, shardSize })
  const shards: string[] = []
  let pictures = 0
  for await (const shard of cutShards(options.pictures, shardSize)) {
    await store.create(listName(shard.id), shard.list)
    shards.push(shard.id)
    pictures += shard.pictures
  }
  if (pictures === 0) throw new BatchError('There are no pictures in the inputs.')
  const content = { inputs, base, settings, shardSize, pictures, shards }
  const plan: Plan = { id: hashOf(content), ...content }
  const created = await store.create(PLAN_NAME, Buffer.from(`${JSON.stringify(plan)}\n`))
  if (created) return plan
  // Another machine was faster, or its answer was lost and it was this one.
  const winner = (await readPlan(store)) ?? plan
  return expectSame(store, winner, { ...options, compares: false, settings, shardSize })
}

/** The pictures of a shard. @throws {StoreError} and {BatchError} if the store has lost its list */
export async function readShard(store: Store, id: string): Promise<PlannedPicture[]> {
  const list = await store.read(listName(id))
  if (list) return parseList(list)
  throw new BatchError(
    `${listName(id)} is missing in ${store.url}. Begin the run in another store.`,
  )
}

function listName(id: string): string {
  return `shards/${id}.ndjson`
}

async function expectSame(store: Store, plan: Plan, options: PlanOptions): Promise<Plan> {
  const asked = { inputs: options.inputs, settings: options.settings, shardSize: options.shardSize }
  for (const [name, value] of Object.entries(asked)) {
    const known = plan[name as keyof typeof asked]
    // As it is stored: what is undefined is not there.
    if (isDeepStrictEqual(known, JSON.parse(JSON.stringify(value)))) continue
    throw otherRun(store, `its ${name} are ${JSON.stringify(known)}, not ${JSON.stringify(value)}`)
  }
  if (options.compares) {
    const ids: string[] = []
    for await (const { id } of cutShards(options.pictures, plan.shardSize)) ids.push(id)
    if (!isDeepStrictEqual(ids, plan.shards)) throw otherRun(store, 'its pictures are others')
  }
  return plan
}

function otherRun(store: Store, difference: string): BatchError {
  return new BatchError(
    `${store.url} holds another run: ${difference}. Name another output, or go on with that run by naming no inputs.`,
  )
}

function parsePlan(store: Store, data: Uint8Array): Plan {
  try {
    const plan = JSON.parse(Buffer.from(data).toString())
    if (Array.isArray(plan.shards) && plan.id === hashOf(contentOf(plan))) return plan
  } catch {
    // The same as one that is not right.
  }
  throw new BatchError(`${PLAN_NAME} in ${store.url} is not the plan of a run, or is damaged.`)
}

function contentOf({ id: _, ...content }: Plan): Omit<Plan, 'id'> {
  return content
}

function hashOf(content: Omit<Plan, 'id'>): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12)
}
