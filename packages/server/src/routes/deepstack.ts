import type { FastifyInstance } from 'fastify'
import { describeError } from '../http/describe-error.ts'
import { type Keys, keyOf } from '../http/keys.ts'
import type { PictureService } from '../picture-service.ts'
import { ServerError } from '../server-error.ts'
import { readForm } from '../sources/read-sources.ts'
import type { Task } from '../work/picture-job.ts'
import { openAccount, processAlone } from './handle-work.ts'

const path = '/v1/vision/face'
// DeepStack's own.
const defaultConfidence = 0.45

/** DeepStack's way to ask for faces: a form with `image`, and `min_confidence` and `api_key` if wanted. */
export function addDeepStack(server: FastifyInstance, service: PictureService, keys: Keys): void {
  server.post(path, { config: { hasOwnKeys: true } }, async (request, reply) => {
    const begun = performance.now()
    try {
      const bounds = { bytes: service.parts.limits.bodyBytes, account: openAccount(service, reply) }
      const { pictures, fields } = await readForm(request, bounds, 1)
      keys.check(keyOf(request) ?? fields.get('api_key'))
      const task = toTask(fields.get('min_confidence'))
      const { faces } = await processAlone(service, pictures[0]!, task, reply)
      const predictions = faces.map(({ score, box }) => ({ confidence: score, ...toBox(box) }))
      const duration = Math.round(performance.now() - begun)
      return reply.send({ success: true, predictions, duration })
    } catch (error) {
      const { status, message, retryAfter } = describeError(error)
      if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
      request.failure = error
      return reply.code(status).send({ success: false, error: message, duration: 0 })
    }
  })
}

function toTask(confidence: string | undefined): Task {
  const scoreThreshold = confidence === undefined ? defaultConfidence : Number(confidence)
  if (scoreThreshold >= 0 && scoreThreshold <= 1) {
    return { kind: 'detect', as: 'json', detect: { scoreThreshold } }
  }
  throw new ServerError(400, 'INVALID_ARGUMENT', 'min_confidence is not a number from 0 to 1.')
}

/** A box as DeepStack and CompreFace write it, in whole pixels. */
export interface WholeBox {
  readonly x_min: number
  readonly y_min: number
  readonly x_max: number
  readonly y_max: number
}

export function toBox(box: readonly number[]): WholeBox {
  const [left, top, right, bottom] = box.map(Math.round)
  return { x_min: left!, y_min: top!, x_max: right!, y_max: bottom! }
}
