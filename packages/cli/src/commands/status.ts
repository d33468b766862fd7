import { type BatchStatus, openStore, readPlan, readStatus, ShardQueue } from '@retinaface/batch'
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { standardOutput } from '../output/sink.ts'
import { duration } from '../run/progress-line.ts'

interface StatusFlags {
  readonly queue?: string
  readonly json?: true
}

/** What a queue says of itself, of all its runs. */
interface QueueStatus {
  readonly workers: number
  readonly waiting: number
  readonly active: number
  readonly failed: readonly { readonly shard: string; readonly reason: string }[]
}

/** `retinaface status` */
export function statusCommand(): Command {
  return new Command('status')
    .description('say how far a run of "retinaface batch" is')
    .argument('<output>', 'the folder or s3:// prefix that the run writes to')
    .option('--queue <redis://…>', 'say how the queue is too')
    .option('--json', 'print JSON')
    .action(async (output: string, { queue, json }: StatusFlags) => {
      const store = await openStore(output)
      const plan = await readPlan(store)
      if (!plan) throw new CliError('USAGE', `There is no run in ${store.url}.`)
      const status = await readStatus(store, plan)
      const queueStatus =
        queue === undefined
          ? undefined
          : await withQueue(queue, async (shards): Promise<QueueStatus> => {
              const { waiting, active } = await shards.counts()
              const failed = await shards.failedOf(store, plan)
              return { workers: await shards.workers(), waiting, active, failed }
            })
      const text = json
        ? `${JSON.stringify({ ...status, ...(queueStatus ? { queue: queueStatus } : {}) })}\n`
        : linesOf(status, queueStatus)
      await standardOutput.write(text)
    })
}

async function withQueue<T>(url: string, use: (queue: ShardQueue) => Promise<T>): Promise<T> {
  const queue = await ShardQueue.open(url, () => undefined)
  try {
    return await use(queue)
  } finally {
    await queue.close()
  }
}

function linesOf(
  { shards, pictures, rate, secondsLeft }: BatchStatus,
  queue?: QueueStatus,
): string {
  const left = secondsLeft === undefined ? 'not known yet' : duration(secondsLeft)
  const lines = [
    `pictures  ${pictures.done} of ${pictures.total} done, ${pictures.failed} of them failed, ${pictures.waiting} waiting`,
    `shards    ${shards.done} of ${shards.total} done`,
    `rate      ${rate.toFixed(1)} pictures/s, ${left} left`,
  ]
  if (queue) {
    const { workers, active, waiting, failed } = queue
    lines.push(
      `queue     ${workers} workers, ${active} shards in hand, ${waiting} waiting, ${failed.length} failed`,
      ...failed.map(({ shard, reason }) => `failed    ${shard}: ${reason}`),
    )
  }
  return lines.map((line) => `${line}\n`).join('')
}
