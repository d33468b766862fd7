import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import { InvalidArgumentError } from '@retinaface/core'
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import { addErrorHandling, answerError } from './http/handle-errors.ts'
import { Keys, keyOf } from './http/keys.ts'
import { Metrics } from './http/metrics.ts'
import { addRequestLog, logOptions } from './http/request-log.ts'
import { MemoryBudget } from './limits/memory-budget.ts'
import { Places } from './limits/places.ts'
import { addOpenApi } from './openapi/add-openapi.ts'
import { addPage } from './page/add-page.ts'
import { PictureService } from './picture-service.ts'
import { addCompreFace } from './routes/compreface.ts'
import { addDeepStack } from './routes/deepstack.ts'
import { handleWork } from './routes/handle-work.ts'
import { addHealth } from './routes/health.ts'
import { WORK_ROUTES } from './routes/work-route.ts'
import { BusyError } from './server-error.ts'
import {
  type ResolvedServerOptions,
  resolveServerOptions,
  type ServerOptions,
} from './server-options.ts'
import { PictureFetcher } from './sources/fetch-picture.ts'
import { PicturePool } from './work/picture-pool.ts'

/**
 * Makes a server that finds faces, ready to listen: its workers are there, and their networks loaded.
 *
 * `server.listen({ port })` starts it; `server.close()` takes no more requests, finishes those it has and
 * ends the workers. It is a Fastify instance: hooks and routes may be added before it listens.
 *
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the model cannot be read or does not load
 *
 * @example
 * const server = await createServer({ limits: { queue: 8 }, page: true })
 * await server.listen({ port: 8080 })
 */
export async function createServer(options: ServerOptions = {}): Promise<FastifyInstance> {
  const resolved = resolveServerOptions(options)
  const server = fastify(await httpOptions(resolved)) as unknown as FastifyInstance
  server.server.maxConnections = resolved.limits.connections
  const service = createService(resolved, server)
  const { metrics, pool } = service.parts
  const keys = new Keys(resolved.keys)
  server.addHook('onClose', () => pool.close())
  addRequestLog(server, metrics)
  addErrorHandling(server, metrics)
  await addOpenApi(server, resolved.keys.length > 0)
  await addHealth(server, service)
  if (resolved.page) addPage(server)
  await server.register(async (scope) => addWork(scope, service, keys, resolved))
  try {
    const facts = await pool.open()
    server.log.info({ ...facts, workers: resolved.workers }, 'workers are ready')
  } catch (error) {
    await server.close()
    throw error
  }
  return server
}

function createService(
  { workers, detector, limits, urls }: ResolvedServerOptions,
  server: FastifyInstance,
): PictureService {
  const pool = new PicturePool(workers, detector, (error) => {
    metrics.lostWorker()
    server.log.error({ code: error.code }, error.message)
  })
  const metrics = new Metrics({ waiting: () => pool.waiting, busy: () => pool.busy })
  const places = new Places(workers, limits.queue, () => pool.secondsAPicture)
  const refuse = () => new BusyError('memory', places.secondsToWait())
  const { allow, privateRanges } = urls
  const fetcher = allow.length > 0 ? new PictureFetcher(allow, privateRanges) : undefined
  const memory = new MemoryBudget(limits.memoryBytes, refuse)
  return new PictureService({ pool, places, memory, metrics, fetcher, limits })
}

/** The routes that need a key and are counted against the limit of requests. */
async function addWork(
  scope: FastifyInstance,
  service: PictureService,
  keys: Keys,
  { requestsPerMinute, limits }: ResolvedServerOptions,
): Promise<void> {
  const { metrics } = service.parts
  scope.addHook('onRequest', async (request) => {
    const { hasOwnKeys } = request.routeOptions.config as { hasOwnKeys?: boolean }
    if (!hasOwnKeys) keys.check(keyOf(request))
  })
  if (requestsPerMinute !== undefined) {
    await scope.register(rateLimit, {
      ...{ max: requestsPerMinute, timeWindow: 60_000 },
      keyGenerator: (request) => keyOf(request) ?? request.ip,
    })
  }
  await scope.register(multipart, { limits: { fileSize: limits.bodyBytes + 1 } })
  // Bodies are read by the routes, when it is known that there is room for them.
  scope.removeContentTypeParser(['application/json', 'text/plain'])
  scope.addContentTypeParser('*', (_request, _body, done) => done(null))
  for (const route of WORK_ROUTES) {
    const schema = { summary: route.summary, querystring: route.query }
    scope.post(route.path, { schema }, (request, reply) =>
      handleWork(service, route, request, reply),
    )
  }
  addDeepStack(scope, service, keys)
  addCompreFace(scope, service)
  const config = { rateLimit: false }
  scope.get('/metrics', { config, schema: { hide: true } }, async (_, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
}

function expectCertificate(cert: Buffer, key: Buffer): void {
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const expected = 'files of a certificate and of its key, in PEM'
    throw new InvalidArgumentError('options.tls', expected, reason)
  }
}

async function httpOptions({ limits, tls, trustProxy, log }: ResolvedServerOptions) {
  const { receiveSeconds, idleSeconds } = limits
  const shared = {
    logger: log && logOptions,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustProxy.length > 0 && [...trustProxy],
    genReqId: ({ headers }) => {
      const given = headers['x-request-id']
      return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID()
    },
    requestTimeout: receiveSeconds * 1000,
    keepAliveTimeout: Math.min(idleSeconds, 5) * 1000,
    // Of an answer that is not taken; work has a limit of its own.
    connectionTimeout: (limits.seconds + idleSeconds) * 1000,
    // Of an address that cannot be read; the framework's own answer repeats it.
    frameworkErrors: (error, request, reply) => answerError(error, request, reply),
    forceCloseConnections: 'idle',
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true } },
  } satisfies FastifyServerOptions
  const http = {
    headersTimeout: receiveSeconds * 1000,
    connectionsCheckingInterval: 1000,
  }
  if (!tls) return { ...shared, http }
  const [cert, key] = await Promise.all([readFile(tls.cert), readFile(tls.key)])
  expectCertificate(cert, key)
  return { ...shared, https: { ...http, cert, key } }
}
