import { shortenMessage } from '@retinaface/core/platform'
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifySchemaValidationError,
} from 'fastify'
import { BusyError, ServerError } from '../server-error.ts'
import { describeError } from './describe-error.ts'
import type { Metrics } from './metrics.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request failed with. */
    failure: unknown
  }
}

const reasons: Readonly<Record<string, string>> = {
  NO_KEY: 'key',
  RATE_LIMIT: 'rate',
  TOO_LARGE: 'size',
  TOO_MANY: 'size',
  TIME_LIMIT: 'time',
}

/** Answers errors as JSON, and counts those that are refusals. */
export function addErrorHandling(server: FastifyInstance, metrics: Metrics): void {
  server.decorateRequest('failure', undefined)
  server.setSchemaErrorFormatter(([error]) => toQueryError(error))
  server.setErrorHandler(answerError)
  server.setNotFoundHandler((request, reply) => {
    const message = `There is no ${request.method} here. See /docs.`
    return reply.code(404).send({ error: { code: 'NOT_FOUND', message } })
  })
  server.addHook('onResponse', async ({ failure }) => {
    if (failure === undefined) return
    const reason =
      failure instanceof BusyError ? failure.reason : reasons[describeError(failure).code]
    if (reason) metrics.rejected(reason)
  })
}

/** Answers one error. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const { status, code, message, retryAfter } = describeError(error)
  request.failure = error
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
  return reply.code(status).send({ error: { code, message } })
}

/** Names the option that is not as the schema says. */
function toQueryError(error: FastifySchemaValidationError | undefined): ServerError {
  const { instancePath = '', params = {}, message = 'is not valid', keyword } = error ?? {}
  const name = instancePath.slice(1)
  const { additionalProperty, allowedValues } = params
  const choices = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : ''
  const text =
    keyword === 'additionalProperties'
      ? `There is no option ${JSON.stringify(additionalProperty)} here. See /docs.`
      : `The option ${name} ${message}${choices}.`
  return new ServerError(400, 'INVALID_ARGUMENT', shortenMessage(text))
}
