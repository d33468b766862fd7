import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { ServerLimits, ServerOptions } from './server-options.ts'

/** What the command line asks for. */
export interface Arguments {
  readonly options: ServerOptions
  readonly host: string
  readonly port: number
  readonly isHelp: boolean
}

/** An argument that is none; the message says what was expected. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

export const HELP = `Usage: retinaface-server [options]

Finds faces in pictures that are posted to it: see /docs of the server.

  --host ADDRESS               default 127.0.0.1, this machine only
  --port NUMBER                default 8080
  --threads COUNT              workers, each with a network (default: the processor's, at most 4)
  --model NAME                 default retinaface-500m
  --precision float32|int8     int8 takes less time for nearly the same faces
  --pixel-limit COUNT          refuse larger pictures (default: 50 million)
  --queue COUNT                requests that wait; further ones get 429 (default: 16)
  --seconds COUNT              time limit of a picture, waiting included (default: 30)
  --body-bytes COUNT           largest body (default: 33554432)
  --memory-bytes COUNT         pictures in memory, of all requests (default: 268435456)
  --pictures COUNT             most pictures of a request (default: 100)
  --receive-seconds COUNT      time in which a request must be there (default: 30)
  --idle-seconds COUNT         time that a client may take nothing of an answer (default: 60)
  --connections COUNT          most connections (default: 1024)
  --requests-per-minute COUNT  of a key or address (default: not limited)
  --keys FILE                  keys that may be used, one a line; or RETINAFACE_KEYS, with commas
  --tls-cert FILE --tls-key FILE
  --trust-proxy ADDRESS        a proxy whose x-forwarded-for is believed; may be repeated
  --allow-url BEGINNING        URLs that may be fetched, as https://images.example.org/; may be repeated
  --allow-private RANGE        private addresses that these may have, as 10.1.0.0/16; may be repeated
  --page                       a page for trying it out at /
  --no-log                     no line for each request
  --help
`

const limitNames: Readonly<Record<string, keyof ServerLimits>> = {
  queue: 'queue',
  seconds: 'seconds',
  'body-bytes': 'bodyBytes',
  'memory-bytes': 'memoryBytes',
  pictures: 'pictures',
  'receive-seconds': 'receiveSeconds',
  'idle-seconds': 'idleSeconds',
  connections: 'connections',
}

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const
const flag = { type: 'boolean' } as const

const known = {
  ...{ host: text, port: text, threads: text, model: text, precision: text, 'pixel-limit': text },
  ...{ queue: text, seconds: text, 'body-bytes': text, 'memory-bytes': text, pictures: text },
  ...{ 'receive-seconds': text, 'idle-seconds': text, connections: text },
  ...{ 'requests-per-minute': text, keys: text, 'tls-cert': text, 'tls-key': text },
  ...{ 'trust-proxy': texts, 'allow-url': texts, 'allow-private': texts },
  ...{ page: flag, 'no-log': flag, help: flag },
} as const

/**
 * Reads the command line, and the keys from their file or from `RETINAFACE_KEYS`.
 *
 * @throws {UsageError} saying what was expected
 */
export async function parseArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Arguments> {
  const values = parse(args)
  const count = (name: keyof typeof known) => toCount(name, values[name] as string | undefined)
  const limits = Object.entries(limitNames).flatMap(([name, limit]) => {
    const value = count(name as keyof typeof known)
    return value === undefined ? [] : [[limit, value]]
  })
  const { model, precision } = values
  const given = Object.entries({
    ...{ model, precision, threads: count('threads'), pixelLimit: count('pixel-limit') },
  }).filter(([, value]) => value !== undefined)
  const { 'tls-cert': cert, 'tls-key': key } = values
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError('Give --tls-cert and --tls-key together.')
  }
  const perMinute = count('requests-per-minute')
  const options: ServerOptions = {
    detector: Object.fromEntries(given),
    limits: Object.fromEntries(limits),
    keys: await readKeys(values.keys, environment.RETINAFACE_KEYS),
    trustProxy: values['trust-proxy'] ?? [],
    urls: { allow: values['allow-url'] ?? [], privateRanges: values['allow-private'] ?? [] },
    page: values.page ?? false,
    log: !values['no-log'],
    ...(perMinute === undefined ? {} : { requestsPerMinute: perMinute }),
    ...(cert && key ? { tls: { cert, key } } : {}),
  }
  const { host = '127.0.0.1', help: isHelp = false } = values
  return { options, host, port: values.port === '0' ? 0 : (count('port') ?? 8080), isHelp }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, strict: true }).values
  } catch (error) {
    throw new UsageError(`${(error as Error).message} See --help.`)
  }
}

function toCount(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  if (/^[1-9]\d{0,14}$/.test(value)) return Number(value)
  throw new UsageError(
    `Expected --${name} to be a positive whole number but received ${JSON.stringify(value)}.`,
  )
}

async function readKeys(file: string | undefined, list = ''): Promise<string[]> {
  const lines = file === undefined ? list.split(',') : (await readFile(file, 'utf8')).split('\n')
  const keys = lines.map((line) => line.trim()).filter((line) => line !== '')
  if (file !== undefined && keys.length === 0)
    throw new UsageError('The file that --keys names has no key.')
  return keys
}
