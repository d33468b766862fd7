import type { FastifyInstance, FastifyLoggerOptions, FastifyRequest } from 'fastify'
import { describeError } from './describe-error.ts'
import type { Metrics } from './metrics.ts'

declare module 'fastify' {
  interface FastifyReply {
    /** What was done for the request. */
    done: { pictures: number; faces: number }
  }
}

// Nothing of a request is logged but what is written here.
export const logOptions: FastifyLoggerOptions = {
  level: 'info',
  serializers: { req: () => ({}) as never, res: () => ({}) as never },
}

/** A line for each request, `x-request-id` in each answer, and the time of answers. */
export function addRequestLog(server: FastifyInstance, metrics: Metrics): void {
  server.decorateReply('done')
  server.addHook('onRequest', async (request, reply) => {
    reply.done = { pictures: 0, faces: 0 }
    reply.header('x-request-id', request.id)
    reply.raw.once('close', () => {
      const seconds = reply.elapsedTime / 1000
      const route = request.routeOptions.url ?? 'none'
      const isGone = !reply.raw.writableFinished
      const status = isGone ? 499 : reply.statusCode
      metrics.answered(route, status, seconds)
      const { method } = request
      const line = { method, route, status, seconds, ...reply.done, ...failureOf(request) }
      if (status >= 500) request.log.error(line, 'failed')
      else request.log.info(line, isGone ? 'client has gone' : 'answered')
    })
  })
}

/** The code of a failure; of what is the server's fault where it happened too. */
function failureOf({ failure }: FastifyRequest): object {
  if (failure === undefined) return {}
  const { code, status } = describeError(failure)
  return status === 500 && failure instanceof Error ? { code, stack: failure.stack } : { code }
}
