import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { pipeline } from 'node:stream'
import { listFiles, type ServedFile } from './list-files.ts'
import { isOwnHost, LOOPBACK } from './own-host.ts'
import { PAGE_HEADERS } from './page-headers.ts'

/** The application's server while it runs. */
export interface AppServer {
  /** As in `http://127.0.0.1:8460`. */
  readonly origin: string
  close(): Promise<void>
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
}

/**
 * Serves the files of a folder to this machine alone.
 *
 * @param port 0 for any that is free
 * @throws if the port is taken, as Node's `listen` does, or the folder cannot be read
 */
export async function startAppServer(folder: string, port: number): Promise<AppServer> {
  const files = listFiles(folder)
  const server = createServer((request, response) => answer(server, files, request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, LOOPBACK, resolve)
  })
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { origin: `http://${LOOPBACK}:${portOf(server)}`, close }
}

function answer(
  server: Server,
  files: ReadonlyMap<string, ServedFile>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const address = (request.url ?? '/').split(/[?#]/, 1)[0]!
  const file = files.get(address)
  if (!isOwnHost(request.headers.host, portOf(server))) {
    refuse(response, 421, 'Wrong host')
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD')
    refuse(response, 405, 'Only GET and HEAD')
  } else if (!file) {
    refuse(response, 404, 'Not found')
  } else {
    send(response, file, address.startsWith('/assets/'), request.method === 'HEAD')
  }
}

/** @param isLasting true for files that are named after their content */
function send(
  response: ServerResponse,
  file: ServedFile,
  isLasting: boolean,
  isHeadOnly: boolean,
): void {
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'Content-Type': TYPES[extname(file.path)] ?? 'application/octet-stream',
    'Content-Length': file.bytes,
    'Cache-Control': isLasting ? 'max-age=31536000, immutable' : 'no-cache',
  })
  if (isHeadOnly) {
    response.end()
    return
  }
  // Also closes the file when the download is broken off; either end's failure ends both.
  pipeline(createReadStream(file.path), response, () => undefined)
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo | null)?.port ?? 0
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { ...PAGE_HEADERS, 'Content-Type': TYPES['.txt'] })
  response.end(`${reason}.\n`)
}
