import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { runServer } from '../src/run-server.ts'
import { type RunningServer, startServer } from './support/start-server.ts'

const pem = (name: string) =>
  fileURLToPath(new URL(`./support/localhost.${name}.pem`, import.meta.url))
const tls = ['--tls-cert', pem('cert'), '--tls-key', pem('key')]
const keys = ['the-key-of-the-first', 'the-key-of-the-second']

let server: RunningServer
let ca: Buffer
beforeAll(async () => {
  ca = await readFile(pem('cert'))
  const limits = ['--threads', '1', '--requests-per-minute', '3', '--seconds', '1']
  const environment = { RETINAFACE_KEYS: keys.join(',') }
  server = await startServer([...tls, ...limits, '--idle-seconds', '1'], environment)
})
afterAll(() => server.close())

interface Answer {
  readonly status: number | undefined
  readonly headers: Record<string, unknown>
  readonly body: string
}

/** Asks over TLS, trusting the certificate of the tests only. */
function ask(path: string, method: string, key?: string): Promise<Answer> {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
  return new Promise((resolve, reject) => {
    const asked = request(server.url + path, { method, ca, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text
      })
      const { statusCode: status } = response
      response.on('end', () => resolve({ status, headers: response.headers, body }))
    })
    asked.on('error', reject).end()
  })
}

test('TLS by files: its certificate is the one that was given, and plain HTTP is not answered', async () => {
  expect(server.url).toMatch(/^https:/)
  expect((await ask('/healthz', 'GET')).status).toBe(200)
  const plain = fetch(`${server.url.replace('https', 'http')}/healthz`)
  await expect(plain).rejects.toThrow('fetch failed')
})

test('a certificate that is not there, is none or has another key is said when it starts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'retinaface-tls-'))
  const at = (name: string) => join(folder, name)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeFile(at('text.pem'), 'text')
  await writeFile(at('other.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const said: string[] = []
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text))
    return true
  })
  for (const [cert, key] of [
    [at('none.pem'), pem('key')],
    [at('text.pem'), pem('key')],
    [pem('cert'), at('other.pem')],
  ] as const) {
    expect(await runServer(['--tls-cert', cert, '--tls-key', key])).toBe(2)
  }
  write.mockRestore()
  expect(said).toEqual([
    expect.stringContaining('none.pem'),
    expect.stringMatching(/certificate and of its key, in PEM for options.tls .*start line.*\n$/),
    expect.stringMatching(/certificate and of its key, in PEM for options.tls .*mismatch.*\n$/),
  ])
  await rm(folder, { recursive: true })
})

test('the limit of requests is that of a key, and says when to come back', async () => {
  const [first, second] = keys
  const statuses = []
  for (let i = 0; i < 4; i++) statuses.push((await ask('/v1/detect', 'POST', first)).status)
  expect(statuses).toEqual([400, 400, 400, 429])
  const refused = await ask('/v1/detect', 'POST', first)
  expect(JSON.parse(refused.body).error.code).toBe('RATE_LIMIT')
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await ask('/v1/detect', 'POST', second)).status).toBe(400)
  // Those who watch the server are not counted.
  for (let i = 0; i < 5; i++) expect((await ask('/metrics', 'GET', first)).status).toBe(200)
})

test('who reads nothing of its answers is cut off', async () => {
  const socket = connect({ port: server.port, host: '127.0.0.1', ca, servername: 'localhost' })
  socket.on('error', () => undefined).pause()
  // More answers than all buffers on the way hold.
  socket.write('GET /openapi.json HTTP/1.1\r\nhost: a\r\nx-request-id: unread\r\n\r\n'.repeat(2000))
  const isGone = () =>
    server.log.some((line) => line.includes('"unread"') && line.includes('"status":499'))
  await expect.poll(isGone).toBe(true)
  expect((await ask('/healthz', 'GET')).status).toBe(200)
  socket.destroy()
})
