import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { basename, dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readOriginalNetwork } from '../baselines/original-network.ts'
import { readBlazeFace } from './blaze-face.ts'

const require = createRequire(import.meta.url)
const benchmarks = fileURLToPath(new URL('../', import.meta.url))

/** Folders by the beginning of their addresses. */
const folders: readonly (readonly [address: string, folder: string])[] = [
  ['/packages/', join(benchmarks, '../packages')],
  ['/web/', join(benchmarks, 'dist/web')],
  ['/peers/', join(benchmarks, 'peers/node_modules')],
  ['/onnxruntime-web/', dirname(require.resolve('onnxruntime-web/wasm'))],
  ['/onnxruntime-common/', packageFolder('onnxruntime-common')],
  ['/gl-matrix/', packageFolder('gl-matrix')],
]

/** Modules by the names that scripts import them by. */
const imports = {
  '@retinaface/web': '/packages/web/dist/index.js',
  '@retinaface/web/gpu': '/packages/web/dist/gpu.js',
  '@retinaface/core': '/packages/core/dist/index.js',
  '@retinaface/models': '/packages/models/dist/index.js',
  '@retinaface/mesh-decoder': '/packages/mesh-decoder/dist/index.js',
  '@retinaface/mesh-decoder/errors': '/packages/mesh-decoder/dist/errors.js',
  'onnxruntime-common': '/onnxruntime-common/dist/esm/index.js',
  'onnxruntime-web/wasm': '/onnxruntime-web/ort.wasm.min.mjs',
  'gl-matrix': '/gl-matrix/esm/index.js',
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.jpg': 'image/jpeg',
}

/** Serves one contender's page, and counts what it fetches. */
export class ContenderServer {
  /** Bytes of everything but pictures. */
  bytes = 0
  private readonly server: Server
  private readonly entry: string
  private readonly isolated: boolean
  private readonly pictures = new Map<string, string>()

  constructor(entry: string, isolated: boolean) {
    this.entry = entry
    this.isolated = isolated
    this.server = createServer((request, response) => {
      void this.answer(new URL(request.url ?? '/', 'http://localhost').pathname, response)
    })
  }

  /** @returns the page's address */
  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, 'localhost', listening))
    return `http://localhost:${(this.server.address() as AddressInfo).port}/`
  }

  /** The address of a picture. */
  addPicture(path: string): string {
    const url = `/pictures/${basename(path)}`
    this.pictures.set(url, path)
    return url
  }

  close(): void {
    this.server.close()
    this.server.closeAllConnections()
  }

  private async answer(path: string, response: ServerResponse): Promise<void> {
    const body = await this.read(path)
    if (body === undefined) {
      response.writeHead(404).end()
      return
    }
    if (!this.pictures.has(path)) this.bytes += body.length
    const isolation = this.isolated
      ? {
          'Cross-Origin-Opener-Policy': 'same-origin',
          'Cross-Origin-Embedder-Policy': 'require-corp',
        }
      : {}
    const type = path === '/' ? types['.html'] : types[extname(path)]
    response.writeHead(200, { 'Content-Type': type ?? '', ...isolation }).end(body)
  }

  private async read(path: string): Promise<Uint8Array | undefined> {
    if (path === '/') return Buffer.from(this.page())
    if (path === '/original.onnx') return readOriginalNetwork()
    if (path === '/blaze-face.tflite') return readBlazeFace()
    const picture = this.pictures.get(path)
    if (picture) return readFile(picture)
    const found = folders.find(([address]) => path.startsWith(address))
    const file = found && join(found[1], path.slice(found[0].length))
    return file && existsSync(file) ? readFile(file) : undefined
  }

  private page(): string {
    const map = JSON.stringify({ imports })
    return `<!doctype html><meta charset="utf-8"><title>${this.entry}</title><link rel="icon" href="data:,"><script type="importmap">${map}</script><script type="module" src="/web/${this.entry}.js"></script>`
  }
}

/** Packages that only our own have among their dependencies. */
function packageFolder(name: string): string {
  const owner = name === 'gl-matrix' ? 'mesh-decoder' : 'web'
  return join(benchmarks, '../packages', owner, 'node_modules', name)
}
