import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What goes wrong with a request: `lost` does what was asked and says that it failed, `endless` sends zeros
 * until nobody reads them.
 */
export type Fault = 'none' | '500' | '403' | 'hang' | 'cut' | 'lost' | 'endless'

/** A server that speaks as much of S3's protocol as runs need. */
export interface S3Stub {
  readonly url: string
  /** The objects by `bucket/key`. */
  readonly objects: Map<string, { readonly data: Buffer; readonly modified: Date }>
  /** How often each kind of request came, as `PUT`. */
  readonly requests: Map<string, number>
  close(): Promise<void>
}

/** Starts a stub on a free port. @param faultOf asked of each request */
export async function startS3Stub(
  faultOf: (method: string, path: string) => Fault = () => 'none',
  port = 0,
): Promise<S3Stub> {
  const objects: S3Stub['objects'] = new Map()
  const requests: S3Stub['requests'] = new Map()
  const server = createServer(async (request, response) => {
    const body = await readBody(request)
    const url = new URL(request.url!, 'http://stub')
    const path = decodeURIComponent(url.pathname).slice(1)
    const kind = url.searchParams.has('list-type') ? 'LIST' : request.method!
    requests.set(kind, (requests.get(kind) ?? 0) + 1)
    const fault = faultOf(kind, path)
    if (fault === 'hang') return
    if (fault === '500' || (fault === 'lost' && kind !== 'PUT'))
      return fail(response, 500, 'InternalError')
    if (fault === '403') return fail(response, 403, 'AccessDenied')
    const answer = fault === 'lost' ? undefined : response
    if (kind === 'LIST') return list(url, path.replace(/\/$/, ''), response)
    if (kind === 'PUT') put(path, body, request, answer)
    if (fault === 'endless') return sendZeros(response)
    if (kind === 'GET') get(path, fault === 'cut', response)
    if (fault === 'lost') fail(response, 500, 'InternalError')
  })

  function put(
    path: string,
    data: Buffer,
    { headers }: IncomingMessage,
    response: ServerResponse | undefined,
  ): void {
    if (headers['if-none-match'] === '*' && objects.has(path)) {
      if (response) fail(response, 412, 'PreconditionFailed')
      return
    }
    objects.set(path, { data, modified: new Date() })
    response?.writeHead(200, { etag: '"stub"' }).end()
  }

  function get(path: string, isCut: boolean, response: ServerResponse): void {
    const object = objects.get(path)
    if (!object) {
      fail(response, 404, 'NoSuchKey')
      return
    }
    response.writeHead(200, { 'content-length': object.data.length })
    const half = object.data.subarray(0, object.data.length / 2)
    if (isCut) response.write(half, () => response.destroy())
    else response.end(object.data)
  }

  function sendZeros(response: ServerResponse): void {
    const zeros = Buffer.alloc(2 ** 22)
    const send = () => {
      while (!response.destroyed && response.write(zeros)) {}
    }
    response.on('drain', send).on('error', () => undefined)
    send()
  }

  function list(url: URL, bucket: string, response: ServerResponse): void {
    const prefix = `${bucket}/${url.searchParams.get('prefix') ?? ''}`
    const from = url.searchParams.get('continuation-token') ?? ''
    const most = 1000
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > from).sort()
    const page = keys.slice(0, most)
    const contents = page.map((key) => {
      const { data, modified } = objects.get(key)!
      const name = key.slice(bucket.length + 1).replaceAll('&', '&amp;')
      return `<Contents><Key>${name}</Key><Size>${data.length}</Size><LastModified>${modified.toISOString()}</LastModified></Contents>`
    })
    const isCut = keys.length > most
    const next = isCut ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
    response.writeHead(200, { 'content-type': 'application/xml' })
    response.end(
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>${isCut}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
    )
  }

  await new Promise<void>((resolve) => server.listen(port, '0.0.0.0', resolve))
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    objects,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' })
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** What the AWS tools are told by their environment. */
export function s3Environment(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_S3: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'stub',
    AWS_SECRET_ACCESS_KEY: 'stub',
  }
}
