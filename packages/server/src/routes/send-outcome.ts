import type { FastifyReply } from 'fastify'
import type { Outcome, Task } from '../work/picture-job.ts'

/**
 * Answers with what was made of a picture: its file, or JSON. Where a file was asked for that there is
 * none of, because there is no face, that is 204.
 */
export function sendOutcome(reply: FastifyReply, outcome: Outcome, { as }: Task): FastifyReply {
  reply.header('x-faces', outcome.faces.length)
  if (as === 'json') return reply.type('application/json').send(JSON.stringify(toResult(outcome)))
  if (!outcome.file) return reply.code(204).send()
  const { bytes, type } = outcome.file
  return reply.type(type).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

/** A picture's result as JSON; a file, as of a hidden picture, is in it as base64. */
export function toResult({ width, height, faces, file }: Outcome): object {
  if (!file) return { width, height, faces }
  const picture = { type: file.type, base64: Buffer.from(file.bytes).toString('base64') }
  return { width, height, faces, picture }
}
