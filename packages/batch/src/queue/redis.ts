import type { RedisOptions } from 'bullmq'
import { BatchError } from '../errors.ts'
import { loadOptional } from '../load-optional.ts'

/** Name of the queue in Redis: all runs share it. */
export const QUEUE_NAME = 'retinaface'

// A server that is cut off does not say so. Workers ask every five seconds where there is nothing to do.
const silenceMilliseconds = 20_000

/** Loads BullMQ. @throws {BatchError} if it is not installed */
export async function loadBullMq(): Promise<typeof import('bullmq')> {
  const load = async () => {
    await import('ioredis')
    return import('bullmq')
  }
  return loadOptional(load, 'A queue', 'bullmq ioredis')
}

/**
 * How a Redis server is reached.
 *
 * @param url `redis://host:6379`, `rediss://` with TLS; user and password may stand before the host
 * @throws {BatchError}
 */
export function toConnection(url: string): RedisOptions {
  const isRedis = URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol)
  if (!isRedis)
    throw new BatchError('Expected redis://host:port or rediss://host:port for the queue.')
  return { url, maxRetriesPerRequest: null, socketTimeout: silenceMilliseconds, keepAlive: 10_000 }
}

/** What messages call a server: never its password. */
export function describeRedis(url: string): string {
  return new URL(url).host
}
