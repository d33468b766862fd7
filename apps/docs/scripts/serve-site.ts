import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'
import { readHeaders } from './read-headers.ts'

/** A running server of the built site. */
export interface SiteServer {
  readonly origin: string
  close(): void
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
  '.wasm': 'application/wasm',
}
// What static hosts compress; weights are left as they are.
const compressed = new Set(['.html', '.js', '.mjs', '.css', '.json', '.svg', '.wasm'])

/** Serves a built site as a static host does that reads its `_headers` file and compresses. */
export async function serveSite(
  folder: string,
  port = 0,
  { isolated = true }: { readonly isolated?: boolean } = {},
): Promise<SiteServer> {
  const rules = isolated ? readHeaders(readFileSync(join(folder, '_headers'), 'utf8')) : () => ({})
  const packed = new Map<string, Buffer>()
  const pack = (file: string) => {
    const version = `${file} ${statSync(file).mtimeMs}`
    const known = packed.get(version)
    if (known) return known
    const bytes = gzipSync(readFileSync(file))
    packed.set(version, bytes)
    return bytes
  }
  const server = createServer((request, response) => {
    const path = readPath(request.url ?? '/')
    if (path === undefined) {
      response.writeHead(400).end()
      return
    }
    const found = findFile(folder, path)
    const file = found ?? join(folder, '404.html')
    const type = extname(file)
    const small = compressed.has(type) && /\bgzip\b/.test(`${request.headers['accept-encoding']}`)
    const body = small ? pack(file) : readFileSync(file)
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`
    const headers: OutgoingHttpHeaders = {
      'Content-Type': types[type] ?? 'application/octet-stream',
      'Content-Length': body.length,
      ETag: etag,
      Vary: 'Accept-Encoding',
      ...(small ? { 'Content-Encoding': 'gzip' } : {}),
      ...rules(path),
    }
    const same = request.headers['if-none-match'] === etag
    if (same) delete headers['Content-Length']
    response.writeHead(same ? 304 : found ? 200 : 404, headers).end(same ? undefined : body)
  })
  await new Promise<void>((listening) => server.listen(port, 'localhost', listening))
  const address = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { origin: `http://localhost:${address.port}`, close }
}

/** The path that is asked for; undefined where it is none, as `/%`. */
function readPath(url: string): string | undefined {
  try {
    return normalize(decodeURIComponent(new URL(url, 'http://site').pathname))
  } catch {
    return undefined
  }
}

function findFile(folder: string, path: string): string | undefined {
  const candidates = path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`]
  return candidates
    .map((candidate) => join(folder, candidate))
    .find((file) => existsSync(file) && statSync(file).isFile())
}
