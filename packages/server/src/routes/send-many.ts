import { PassThrough } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { describeError } from '../http/describe-error.ts'
import { ClientGoneError } from '../http/request-life.ts'
import type { Account } from '../limits/memory-budget.ts'
import type { PictureService } from '../picture-service.ts'
import type { Source } from '../sources/read-sources.ts'
import type { Outcome, Task } from '../work/picture-job.ts'
import { toResult } from './send-outcome.ts'

/** One request of many pictures: its task, and what it holds. */
export interface ManyRequest {
  readonly pictures: readonly Source[]
  readonly task: Task
  readonly account: Account
  readonly connected: AbortSignal
  /** Told of each picture that is done. */
  readonly onDone: (outcome: Outcome) => void
}

/**
 * Answers with a line of JSON a picture, in the order of completion: its `index` in the request and its
 * result or error. It has one of the server's places throughout, and more while workers are idle.
 *
 * Results go to the answer as they come, whether the client reads or not, so that one who reads slowly
 * keeps no worker; what is not read counts as memory of the request.
 */
export function sendMany(
  service: PictureService,
  reply: FastifyReply,
  request: ManyRequest,
): FastifyReply {
  const lines = new PassThrough()
  // Sent before the first picture is done, so that the client knows that it was taken.
  void reply.type('application/x-ndjson').send(lines)
  lines.on('error', () => undefined)
  void writeAll(service, request, lines).finally(() => lines.end())
  return reply
}

async function writeAll(
  service: PictureService,
  request: ManyRequest,
  lines: PassThrough,
): Promise<void> {
  const { places } = service.parts
  const { pictures, connected } = request
  const running = new Set<Promise<void>>()
  let next = 0
  let isOwnPlaceFree = true
  const start = (free: () => void) => {
    const index = next++
    const work = writeOne(service, request, index, lines).finally(() => {
      running.delete(work)
      free()
    })
    running.add(work)
  }
  try {
    while (next < pictures.length && !connected.aborted) {
      if (isOwnPlaceFree) {
        isOwnPlaceFree = false
        start(() => {
          isOwnPlaceFree = true
        })
      } else if (places.takeSpare()) start(() => places.giveBack())
      else await Promise.race(running)
    }
    await Promise.all(running)
  } finally {
    places.giveBack()
  }
}

async function writeOne(
  service: PictureService,
  { pictures, task, account, connected, onDone }: ManyRequest,
  index: number,
  lines: PassThrough,
): Promise<void> {
  const source = pictures[index]!
  const named = 'url' in source ? { index, url: source.url } : { index }
  try {
    const outcome = await service.process(source, task, connected)
    onDone(outcome)
    const line = `${JSON.stringify({ ...named, ...toResult(outcome) })}\n`
    account.take(line.length)
    lines.write(line)
  } catch (error) {
    if (error instanceof ClientGoneError) return
    const { code, message } = describeError(error)
    lines.write(`${JSON.stringify({ ...named, error: { code, message } })}\n`)
  }
}
