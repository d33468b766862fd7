import type { FastifyReply, FastifyRequest } from 'fastify'
import { negotiate } from '../http/accept.ts'
import { whileConnected } from '../http/request-life.ts'
import type { Account } from '../limits/memory-budget.ts'
import type { PictureService } from '../picture-service.ts'
import { readSources } from '../sources/read-sources.ts'
import type { Outcome, Task } from '../work/picture-job.ts'
import { sendMany } from './send-many.ts'
import { sendOutcome } from './send-outcome.ts'
import type { WorkRoute } from './work-route.ts'

const manyTypes = ['application/x-ndjson', 'application/json'] as const

/** Reads the pictures of a request, does what the route does, and answers. */
export async function handleWork(
  service: PictureService,
  { forms, toTask }: WorkRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { accept } = request.headers
  const { limits, places } = service.parts
  const bounds = { bytes: limits.bodyBytes, account: openAccount(service, reply) }
  const { pictures, isList } = await readSources(request, bounds, limits.pictures)
  const make = (as: Task['as']) => toTask(request.query as never, as as never)
  const onDone = (outcome: Outcome) => countDone(reply, outcome)
  if (isList) {
    negotiate(accept, manyTypes)
    places.take()
    const connected = whileConnected(reply)
    const { account } = bounds
    return sendMany(service, reply, { pictures, task: make('json'), account, connected, onDone })
  }
  const type = negotiate(accept, Object.keys(forms))
  const task = make(forms[type]!)
  const outcome = await processAlone(service, pictures[0]! as { bytes: Uint8Array }, task, reply)
  onDone(outcome)
  return sendOutcome(reply, outcome, task)
}

/** What a request holds of the memory until its answer is sent or its client has gone. */
export function openAccount(service: PictureService, { raw }: FastifyReply): Account {
  const { places, memory } = service.parts
  // Without a place it would only be read to be refused.
  places.expectRoom()
  const account = memory.open()
  raw.once('close', () => account.close())
  return account
}

/** Does one picture, which takes a place as long as it waits and is worked on. */
export async function processAlone(
  service: PictureService,
  picture: { readonly bytes: Uint8Array },
  task: Task,
  reply: FastifyReply,
): Promise<Outcome> {
  const { places } = service.parts
  places.take()
  try {
    return await service.process(picture, task, whileConnected(reply))
  } finally {
    places.giveBack()
  }
}

/** For the log's line about the request. */
function countDone(reply: FastifyReply, { faces }: Outcome): void {
  reply.done.pictures += 1
  reply.done.faces += faces.length
}
