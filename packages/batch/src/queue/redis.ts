import { setTimeout as sleep } from 'node:timers/promises'
import { describeError } from '@retinaface/node/results'
import type { RedisOptions } from 'bullmq'
import { BatchError, StoreError } from '../errors.ts'
import { loadOptional } from '../load-optional.ts'

/** Name of the queue in Redis: all runs share it. */
export const QUEUE_NAME = 'retinaface'

// A server that is cut off does not say so. Workers ask every five seconds where there is nothing to do.
const silenceMilliseconds = 20_000

const connectMilliseconds = 10_000
const leaveMilliseconds = 5000

/**
 * Loads BullMQ for a server that answers.
 *
 * @throws {BatchError} if it is not installed, or the URL is not valid
 * @throws {StoreError} if the server does not answer
 */
export async function loadBullMq(url: string): Promise<typeof import('bullmq')> {
  const connection = toConnection(url)
  const load = async () => ({ ...(await import('ioredis')), bullMq: await import('bullmq') })
  const { Redis, bullMq } = await loadOptional(load, 'A queue', 'bullmq ioredis')
  const once = { lazyConnect: true, connectTimeout: connectMilliseconds, retryStrategy: () => null }
  const redis = new Redis(url, { ...connection, ...once })
  let latest: unknown
  redis.on('error', (error) => {
    latest = error
  })
  try {
    await redis.connect()
    await redis.ping()
    return bullMq
  } catch (error) {
    const reason = describeError(latest ?? error).message
    throw new StoreError(`Redis at ${new URL(url).host} does not answer: ${reason}`, error)
  } finally {
    redis.disconnect()
  }
}

/**
 * How a Redis server is reached.
 *
 * @param url `redis://host:6379`, `rediss://` with TLS; user and password may stand before the host
 * @param leaving aborted when a server that is gone is not to be waited for any more
 * @throws {BatchError}
 */
export function toConnection(url: string, leaving?: AbortSignal): RedisOptions {
  const isRedis = URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol)
  if (!isRedis)
    throw new BatchError('Expected redis://host:port or rediss://host:port for the queue.')
  return {
    url,
    maxRetriesPerRequest: null,
    socketTimeout: silenceMilliseconds,
    keepAlive: 10_000,
    retryStrategy: (times) => (leaving?.aborted ? null : Math.min(1000 * times, 10_000)),
  }
}

/** Closes a connection, within seconds where the server has gone. */
export async function closeWithin(connection: {
  close(): Promise<void>
  disconnect(): Promise<void>
}): Promise<void> {
  const left = await Promise.race([connection.close().then(() => true), sleep(leaveMilliseconds)])
  if (left) return
  await Promise.race([connection.disconnect().catch(() => undefined), sleep(leaveMilliseconds)])
}
