import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppServer, startAppServer } from '../../server/app-server.ts'
import { readArguments } from '../../server/read-arguments.ts'

const folder = mkdtempSync(join(tmpdir(), 'retinaface-viewer-'))
const secret = mkdtempSync(join(tmpdir(), 'retinaface-secret-'))
let server: AppServer

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<title>Here</title>')
  writeFileSync(join(folder, 'assets', 'main.abc.js'), 'export {}')
  writeFileSync(join(secret, 'secret.txt'), 'secret')
  symlinkSync(join(secret, 'secret.txt'), join(folder, 'link.txt'))
  server = await startAppServer(folder, 0)
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
  rmSync(secret, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: string
}

/** Asks for a path exactly as it is written, which `fetch` would not. */
function ask(path: string, options: { method?: string; host?: string } = {}): Promise<Answer> {
  const { hostname, port, host } = new URL(server.origin)
  return new Promise((resolve, reject) => {
    const headers = { host: options.host ?? host }
    const question = request(
      { hostname, port, path, method: options.method, headers },
      (answer) => {
        let body = ''
        answer.on('data', (chunk) => {
          body += chunk
        })
        answer.on('end', () =>
          resolve({ status: answer.statusCode!, headers: answer.headers, body }),
        )
      },
    )
    question.on('error', reject).end()
  })
}

test('files are served with their type, a strict policy and isolation', async () => {
  const page = await ask('/')
  expect(page).toMatchObject({ status: 200, body: '<title>Here</title>' })
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.headers['content-security-policy']).toMatch(/default-src 'self'/)
  expect(page.headers['content-security-policy']).not.toMatch(/'unsafe-|https?:|\*/)
  expect(page.headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(page.headers['cross-origin-embedder-policy']).toBe('require-corp')
  const script = await ask('/assets/main.abc.js?v=1')
  expect(script).toMatchObject({ status: 200, body: 'export {}' })
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect(script.headers['cache-control']).toMatch(/immutable/)
})

test.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/link.txt',
  '//etc/passwd',
  '/assets',
  '/nothing',
])('%s is not found', async (path) => {
  expect(await ask(path)).toMatchObject({ status: 404, body: 'Not found.\n' })
})

test('only reading is allowed', async () => {
  expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
  expect(await ask('/', { method: 'POST' })).toMatchObject({ status: 405 })
})

test('a name of another site that points here is turned away', async () => {
  expect(await ask('/', { host: 'example.com' })).toMatchObject({ status: 421 })
})

test('only this machine can connect', async () => {
  expect(server.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const others = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const address = others.find(({ family, internal }) => family === 'IPv4' && !internal)?.address
  // Where there is no other interface nothing could connect in the first place.
  if (!address) return
  const elsewhere = fetch(`http://${address}:${new URL(server.origin).port}/`)
  await expect(elsewhere).rejects.toThrow()
})

test('a port that is taken is an error', async () => {
  const port = Number(new URL(server.origin).port)
  await expect(startAppServer(folder, port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('arguments are read, and wrong ones named', () => {
  expect(readArguments([])).toEqual({ port: undefined, open: false, help: false })
  expect(readArguments(['--port', '8080', '--open'])).toMatchObject({ port: 8080, open: true })
  expect(() => readArguments(['--port', '99999'])).toThrow(
    'from 0 to 65535 for --port but received "99999"',
  )
  expect(() => readArguments(['--prot', '1'])).toThrow(/--prot/)
})
