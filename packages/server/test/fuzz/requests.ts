import sharp from 'sharp'
import { damageBytes, damageJson, type Random } from '../../../../fixtures/fuzz.ts'

/** A request in the parts that may be damaged. */
export interface Request {
  method: string
  path: string
  query: [string, string][]
  headers: [string, string][]
  body: Buffer
}

/** What is sent, and whether the client is one that an answer can be expected for. */
export interface Sent {
  readonly bytes: Buffer
  /** False where what is sent is no whole request of HTTP. */
  readonly isHttp: boolean
}

const boundary = '-----form'
const choose = <Item>(items: readonly Item[], next: Random): Item => items[next(items.length)]!

/** Small pictures: whole ones, and one that is cut short. */
export async function makePictures(): Promise<readonly Buffer[]> {
  const create = { width: 40, height: 24, channels: 3 as const, background: '#a86' }
  const picture = () => sharp({ create })
  const formats = ['jpeg', 'png', 'webp', 'gif', 'tiff'] as const
  const whole = await Promise.all(formats.map((each) => picture().toFormat(each).toBuffer()))
  return [...whole, whole[0]!.subarray(0, 200), Buffer.from('text')]
}

/** A request as clients send it. */
export function makeRequest(pictures: readonly Buffer[], next: Random): Request {
  const picture = () => choose(pictures, next)
  const routes = ['/v1/detect', '/v1/detect', '/v1/align', '/v1/blur', '/v1/mesh']
  const request: Request = {
    ...{ method: 'POST', path: choose(routes, next), query: [], headers: [['host', 'a']] },
    body: picture(),
  }
  const typed = (type: string) => request.headers.push(['content-type', type])
  switch (next(6)) {
    case 0:
      typed(`multipart/form-data; boundary=${boundary}`)
      request.body = form(Array.from({ length: 1 + next(4) }, picture), [])
      break
    case 1:
      typed('application/x-ndjson')
      request.body = Buffer.from(urls.slice(0, 1 + next(urls.length)).join('\n'))
      break
    case 2:
      request.path = '/v1/vision/face'
      typed(`multipart/form-data; boundary=${boundary}`)
      request.body = form([picture()], [['min_confidence', choose(strangeValues, next)]])
      break
    case 3:
      request.path = '/api/v1/detection/detect'
      typed('application/json')
      request.body = json({ file: picture().toString('base64') })
      break
    default:
      typed(choose(['image/jpeg', 'application/octet-stream', 'text/plain'], next))
  }
  if (next(3) === 0) request.headers.push(['accept', choose(accepted, next)])
  return request
}

/** Damages a request in one to three places and writes it as it goes over the wire. */
export function damageRequest(request: Request, next: Random): Sent {
  for (let left = 1 + next(3); left > 0; left--) choose(damages, next)(request, next)
  const declares = request.headers.some(([name]) => /^(content-length|transfer-)/i.test(name))
  if (!declares) request.headers.push(['content-length', String(request.body.length)])
  const whole = write(request)
  const way = next(8)
  if (way === 0) return { bytes: Buffer.from(damageBytes(whole, next, 200)), isHttp: false }
  if (way === 1) return { bytes: whole.subarray(0, next(whole.length)), isHttp: false }
  return { bytes: whole, isHttp: !declares }
}

const urls = [
  '{"url":"http://127.0.0.1:1/a.jpg"}',
  '"http://[::1]:1/b.jpg"',
  '"http://localhost:1/c.jpg"',
  '{"url":"file:///etc/passwd"}',
  '"http://user:word@127.0.0.1:1/"',
]
const accepted = [
  ...['*/*', 'application/json', 'image/png', 'application/zip', 'model/gltf-binary', 'text/html'],
  ...['image/*;q=2, */*;q=x', ';;;,,,', 'image/jpeg;q=0, image/webp;q=0.001', 'a/b;'.repeat(500)],
]
const strangeValues = [
  ...['', '0', '1', '-1', '0.5', 'true', 'NaN', 'Infinity', '1e309', '0x10', '1,2,3,4', '0,0,9,9'],
  ...['null', '[]', '%', '%00', '%zz', '%ff%fe', '__proto__', 'auto', 'all', 'é'.repeat(300)],
  ...['9'.repeat(400), '999999,0,1,1', 'constructor', '640', 'solid', 'image', '\u0000'],
]
const names = [
  ...['scoreThreshold', 'nmsThreshold', 'maxFaces', 'minFaceSize', 'inputSize', 'region', 'flip'],
  ...['turns', 'boxVoting', 'expressions', 'mesh', 'size', 'format', 'style', 'margin', 'quality'],
  ...['texture', 'refine', 'face', 'limit', 'det_prob_threshold', 'face_plugins', 'status'],
  ...['__proto__', 'constructor', 'toString', 'signal', 'tileSize', ''],
]
const types = [
  ...['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary="x'],
  ...[`multipart/form-data; boundary=${'b'.repeat(300)}`, 'multipart/mixed; boundary=x', 'a', ''],
  ...[`Multipart/Form-Data; charset=x; boundary=${boundary}`, 'application/x-ndjson; charset=x'],
  ...['application/json', 'application/x-www-form-urlencoded', 'text/plain;;;'],
]
const headers: [string, string][] = [
  ...(['x'.repeat(65), 'é', '', 'ok-1'] as const).map((id): [string, string] => [
    'x-request-id',
    id,
  ]),
  ['authorization', 'Bearer '],
  ['authorization', `Basic ${'a'.repeat(5000)}`],
  ['x-api-key', '\u0001'],
  ['expect', '100-continue'],
  ['expect', 'the-moon'],
  ['connection', 'upgrade'],
  ['upgrade', 'h2c'],
  ['content-encoding', 'gzip'],
  ['transfer-encoding', 'chunked'],
  ['transfer-encoding', 'gzip, chunked'],
  ['content-length', '0'],
  ['content-length', '7'],
  ['content-length', '100000000000'],
  ['content-length', '-1'],
  ['range', 'bytes=0-'],
  ['accept-encoding', 'br;q=x'],
  ['x-forwarded-for', '::ffff:1.2.3.4, unknown'],
  ['cookie', 'a'.repeat(20_000)],
]

const damages: ((request: Request, next: Random) => void)[] = [
  ({ query }, next) => query.push([choose(names, next), choose(strangeValues, next)]),
  ({ query }, next) => query.push([choose(names, next), choose(strangeValues, next)]),
  (request, next) => {
    const name = choose(names, next)
    for (let left = 2 + next(40); left > 0; left--)
      request.query.push([name, choose(strangeValues, next)])
  },
  (request, next) => request.headers.push(choose(headers, next)),
  (request, next) => {
    request.headers = request.headers.filter(([name]) => name !== 'content-type')
    request.headers.push(['content-type', choose(types, next)])
  },
  (request, next) => {
    request.method = choose(['GET', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE', 'PATCH'], next)
  },
  (request, next) => {
    const paths = [
      '/',
      '//',
      '/v1/detect/',
      '/v1/%64etect',
      '/v1/../metrics',
      '*',
      '/%zz',
      '/healthz',
    ]
    request.path = choose(paths, next)
  },
  (request, next) => {
    request.body = Buffer.from(damageBytes(request.body, next))
  },
  (request, next) => {
    request.body = damageText(request.body, next)
  },
]

/** Damages lines of JSON as JSON, forms by their parts; of other bodies it makes several. */
function damageText(body: Buffer, next: Random): Buffer {
  const text = body.toString('latin1')
  if (/^["{]/.test(text)) {
    const lines = text.split('\n').map((line) => (next(2) ? damageLine(line, next) : line))
    if (next(4) === 0) lines.push(...Array.from({ length: 150 }, () => lines[0]!))
    return Buffer.from(lines.join('\n'), 'latin1')
  }
  if (!text.startsWith('--')) return Buffer.concat(Array.from({ length: next(5) }, () => body))
  const line = choose(partLines, next)
  const ways = [
    () => text.replace('\r\n\r\n', `\r\n${line}\r\n\r\n`),
    () => text.replace(/content-disposition[^\r]*/i, line),
    () => text.replace(`--${boundary}--`, ''),
    () => text.replaceAll('\r\n', '\n'),
    () => `preamble${text}epilogue`,
    () => text.replace(`--${boundary}--`, fields(next(60))),
    () => text.repeat(2),
  ]
  return Buffer.from(choose(ways, next)(), 'latin1')
}

function damageLine(line: string, next: Random): string {
  try {
    return JSON.stringify(damageJson({ line: JSON.parse(line) }, next)).slice(8, -1)
  } catch {
    return line.slice(next(line.length + 1))
  }
}

const partLines = [
  ...['', ':', 'content-disposition: form-data', 'content-disposition: form-data; name="'],
  ...['content-disposition: form-data; name="__proto__"; filename="a"', 'x'.repeat(20_000)],
  ...['content-disposition: form-data; name="file"; filename*=UTF-8\'\'%zz', 'content-type: a/b'],
  ...['content-transfer-encoding: base64', 'content-type: application/json', '\u0000: \u0000'],
]

const field = (name: string, value: string) =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const fields = (count: number) =>
  [...Array.from({ length: count }, (_, i) => field(`f${i}`, 'x')), `--${boundary}--\r\n`].join('')

function form(files: readonly Buffer[], values: readonly [string, string][]): Buffer {
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n`
  const parts = files.flatMap((file) => [Buffer.from(head), file, Buffer.from('\r\n')])
  const texts = values.map(([name, value]) => field(name, value)).join('')
  return Buffer.concat([Buffer.from(texts), ...parts, Buffer.from(`--${boundary}--\r\n`)])
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}

function write({ method, path, query, headers, body }: Request): Buffer {
  const search = query.map(([name, value]) => `${name}=${encode(value)}`).join('&')
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  const target = search === '' ? path : `${path}?${search}`
  const head = [`${method} ${target} HTTP/1.1`, ...lines, 'connection: close', '', '']
  return Buffer.concat([Buffer.from(head.join('\r\n')), body])
}

/** Percent signs stay, so that some are wrong. */
function encode(value: string): string {
  return value.replace(/[^\w%.,:[\]-]/g, encodeURIComponent)
}
