import type { FaceEntry } from '@retinaface/node/results'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { describeError } from '../http/describe-error.ts'
import type { PictureService } from '../picture-service.ts'
import { ServerError } from '../server-error.ts'
import { ByteCounter, type ReadBounds, readAll, refuseLength } from '../sources/read-all.ts'
import { contentType, readForm } from '../sources/read-sources.ts'
import type { Outcome } from '../work/picture-job.ts'
import { toBox } from './deepstack.ts'
import { openAccount, processAlone } from './handle-work.ts'

const path = '/api/v1/detection/detect'
const plugins = { detector: 'retinaface', landmarks: 'retinaface', pose: 'retinaface' } as const
const noFace = { message: 'No face is found in the given image', code: 28 }

interface CompreFaceQuery {
  readonly limit: number
  readonly det_prob_threshold?: number
  readonly face_plugins: string
  readonly status: boolean
}

const query = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 0, default: 0 },
    det_prob_threshold: { type: 'number', minimum: 0, maximum: 1 },
    face_plugins: { type: 'string', default: '' },
    status: { type: 'boolean', default: false },
  },
}

/**
 * CompreFace's way to ask for faces: a form with `file`, or JSON with it as base64. Of its plugins there
 * are `landmarks` and `pose`; a picture without faces is its error 28, as its clients expect.
 */
export function addCompreFace(server: FastifyInstance, service: PictureService): void {
  server.post(path, { schema: { querystring: query } }, async (request, reply) => {
    const wanted = request.query as CompreFaceQuery
    try {
      const bounds = { bytes: service.parts.limits.bodyBytes, account: openAccount(service, reply) }
      const picture = await readPicture(request, bounds)
      const names = wanted.face_plugins.split(',')
      const threshold = wanted.det_prob_threshold
      const detect = {
        ...(threshold === undefined ? {} : { scoreThreshold: threshold }),
        ...(names.includes('pose') ? { mesh: true } : {}),
      }
      const outcome = await processAlone(
        service,
        picture,
        { kind: 'detect', as: 'json', detect },
        reply,
      )
      if (outcome.faces.length === 0) return reply.code(400).send(noFace)
      return reply.send(toAnswer(outcome, wanted, names))
    } catch (error) {
      const { status, message, retryAfter } = describeError(error)
      if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
      request.failure = error
      return reply.code(status).send({ message, code: status })
    }
  })
}

async function readPicture(
  request: FastifyRequest,
  bounds: ReadBounds,
): Promise<{ readonly bytes: Uint8Array }> {
  refuseLength(request.raw, bounds)
  if (contentType(request) === 'multipart/form-data') {
    return (await readForm(request, bounds, 1)).pictures[0]!
  }
  const text = (await readAll(request.raw, new ByteCounter(bounds))).toString()
  try {
    const { file } = JSON.parse(text)
    if (typeof file === 'string' && file !== '') return { bytes: Buffer.from(file, 'base64') }
  } catch {
    // Said below.
  }
  throw new ServerError(400, 'NO_PICTURE', 'Send a form with file, or {"file":"base64"}.')
}

function toAnswer(
  { faces, seconds }: Outcome,
  { limit, status }: CompreFaceQuery,
  names: readonly string[],
): object {
  const area = ({ box }: FaceEntry) => (box[2]! - box[0]!) * (box[3]! - box[1]!)
  const largestFirst = faces.toSorted((a, b) => area(b) - area(a))
  const detector = Math.round(1000 * (seconds.decoding + seconds.inference))
  const result = largestFirst.slice(0, limit || undefined).map((face) => ({
    box: { probability: face.score, ...toBox(face.box) },
    ...(names.includes('landmarks') ? { landmarks: toWhole(face.landmarks) } : {}),
    ...(names.includes('pose') && face.pose ? { pose: face.pose } : {}),
    ...(status ? { execution_time: { detector } } : {}),
  }))
  return status ? { result, plugins_versions: plugins } : { result }
}

function toWhole(points: FaceEntry['landmarks']): number[][] {
  return points.map((point) => point.map(Math.round))
}
