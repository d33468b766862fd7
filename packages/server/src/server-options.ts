import { availableParallelism } from 'node:os'
import { InvalidArgumentError } from '@retinaface/core'
import { expectOptions } from '@retinaface/core/platform'
import { type CreateOptions, READ_LIMITS } from '@retinaface/node'

/** Bounds of what the server takes and holds. */
export interface ServerLimits {
  /** Requests that wait for a worker; one more is refused with 429. Default 16. */
  readonly queue?: number
  /** Seconds from the body's end to a picture's result, waiting included; the work then ends. Default 30. */
  readonly seconds?: number
  /** Bytes of a request's body, and of a picture behind a URL. Default 32 MiB. */
  readonly bodyBytes?: number
  /** Bytes of pictures in memory, of all requests together; one more is refused with 429. Default 256 MiB. */
  readonly memoryBytes?: number
  /** Pictures of one request. Default 100. */
  readonly pictures?: number
  /** Seconds in which the headers, and the whole request, must be there. Default 30. */
  readonly receiveSeconds?: number
  /** Seconds that a client may take nothing of an answer, or say nothing between requests. Default 60. */
  readonly idleSeconds?: number
  /** Connections at a time; further ones are closed. Default 1024. */
  readonly connections?: number
}

/** Where pictures behind URLs may be fetched from. */
export interface UrlOptions {
  /**
   * Beginnings of URLs, as `https://images.example.org/` or `https://*.example.org/photos/`; the star
   * stands for one or more names. Nothing else is fetched, redirects included.
   */
  readonly allow: readonly string[]
  /** Private addresses that may be asked all the same, as `10.1.0.0/16`. Default: none. */
  readonly privateRanges?: readonly string[]
}

/** Options of {@link createServer}. */
export interface ServerOptions {
  /**
   * What the workers' detectors are made from; `threads` is the number of workers. `pixelLimit` is 50
   * million unless given, for photographs too.
   */
  readonly detector?: CreateOptions
  readonly limits?: ServerLimits
  /** Keys of which requests must have one, as `authorization: Bearer KEY`. Default: none, open to all. */
  readonly keys?: readonly string[]
  /** Requests of an address, or of a key, in a minute. Default: not limited. */
  readonly requestsPerMinute?: number
  /** Proxies before the server, whose `x-forwarded-for` is believed: addresses or ranges. Default: none. */
  readonly trustProxy?: readonly string[]
  /** Files of a certificate and its key, in PEM. Default: no TLS. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Let requests name pictures by URL. Default: no. */
  readonly urls?: UrlOptions
  /** A page for trying it out at `/`. Default false. */
  readonly page?: boolean
  /** Lines of JSON about requests, on standard output: no picture, no name of a file. Default true. */
  readonly log?: boolean
}

/** Options with every default filled in. */
export interface ResolvedServerOptions
  extends Required<Omit<ServerOptions, 'limits' | 'tls' | 'urls' | 'requestsPerMinute'>>,
    Pick<ServerOptions, 'tls' | 'requestsPerMinute'> {
  readonly limits: Required<ServerLimits>
  readonly urls: Required<UrlOptions>
  readonly workers: number
}

const limitDefaults: Required<ServerLimits> = {
  queue: 16,
  seconds: 30,
  bodyBytes: 32 * 2 ** 20,
  memoryBytes: 256 * 2 ** 20,
  pictures: 100,
  receiveSeconds: 30,
  idleSeconds: 60,
  connections: 1024,
}

const optionNames = [
  ...[
    'detector',
    'limits',
    'keys',
    'requestsPerMinute',
    'trustProxy',
    'tls',
    'urls',
    'page',
    'log',
  ],
]

/**
 * Fills in defaults and checks what the detector does not check by itself.
 *
 * @throws {InvalidArgumentError}
 */
export function resolveServerOptions(options: ServerOptions): ResolvedServerOptions {
  expectOptions(options, optionNames)
  const { keys = [], requestsPerMinute, tls } = options
  const detector = { pixelLimit: READ_LIMITS.pixels, ...options.detector }
  const { trustProxy = [], page = false, log = true } = options
  if (keys.some((key) => typeof key !== 'string' || key.length < 16)) {
    throw new InvalidArgumentError(
      'options.keys',
      'keys of at least 16 characters',
      'a shorter one',
    )
  }
  if (requestsPerMinute !== undefined) expectCount('requestsPerMinute', requestsPerMinute)
  const limits = resolveLimits(options.limits ?? {})
  const { allow = [], privateRanges = [] } = options.urls ?? {}
  const { threads: workers = Math.min(4, availableParallelism()) } = detector
  return {
    ...{ detector, limits, keys, trustProxy, page, log, workers },
    urls: { allow, privateRanges },
    ...(tls ? { tls } : {}),
    ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
  }
}

function resolveLimits(limits: ServerLimits): Required<ServerLimits> {
  expectOptions(limits, Object.keys(limitDefaults), 'options.limits')
  for (const [name, value] of Object.entries(limits)) expectCount(`limits.${name}`, value)
  return { ...limitDefaults, ...limits }
}

function expectCount(name: string, value: unknown): void {
  if (Number.isInteger(value) && Number(value) > 0) return
  throw new InvalidArgumentError(`options.${name}`, 'a positive integer', value)
}
