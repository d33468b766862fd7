import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningServer, samplePhoto, startServer } from './support/start-server.ts'

const key = 'a key of the tests'
let server: RunningServer
let photo: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  const limits = ['--threads', '1', '--queue', '2', '--seconds', '20', '--receive-seconds', '2']
  const bytes = ['--body-bytes', '1000000', '--memory-bytes', '3000000']
  server = await startServer([...limits, ...bytes], { RETINAFACE_KEYS: key.replaceAll(' ', '-') })
  photo = new Uint8Array(
    await sharp(await readFile(samplePhoto()))
      .resize(800)
      .jpeg()
      .toBuffer(),
  )
})
afterAll(() => server.close())

const authorization = `Bearer ${key.replaceAll(' ', '-')}`

function post(body: BodyInit, init: RequestInit = {}, query = ''): Promise<Response> {
  const headers = { authorization, ...init.headers }
  return fetch(`${server.url}/v1/detect${query}`, { method: 'POST', ...init, body, headers })
}

/** Work of some seconds. */
const slow = '?inputSize=3000&flip=true&turns=all'

async function metric(name: string): Promise<number> {
  const response = await fetch(`${server.url}/metrics`, { headers: { authorization } })
  const line = (await response.text()).split('\n').find((text) => text.startsWith(`${name} `))
  return Number(line?.split(' ')[1])
}

/** Sends raw bytes and returns what comes back until the server closes or the JSON of an error is there. */
function sendRaw(port: number, ...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  return new Promise((resolve) => {
    socket.on('error', () => undefined).on('close', () => resolve(answer))
    socket.on('data', (data) => {
      answer += data
      if (answer.endsWith('"}}')) socket.destroy()
    })
    for (const part of parts) socket.write(part)
  })
}

test('only who has a key may ask', async () => {
  for (const given of ['', 'Bearer another-key-of-the-tests']) {
    expect((await post(photo, { headers: { authorization: given } })).status).toBe(401)
  }
  expect((await post(photo)).status).toBe(200)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})

test('what does not fit in the queue is refused at once, all else is answered', async () => {
  const responses = await Promise.all(Array.from({ length: 12 }, () => post(photo)))
  const statuses = responses.map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([200, 429]))
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(3)
  const refused = responses.find(({ status }) => status === 429)!
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(await metric('retinaface_rejections_total{reason="queue"}')).toBeGreaterThan(0)
})

test.each([
  ['declared', 'content-length: 100000000'],
  ['in chunks', 'transfer-encoding: chunked'],
])('a body of 100 MB is refused, %s', async (_, length) => {
  const head = `POST /v1/detect HTTP/1.1\r\nhost: a\r\nauthorization: ${authorization}\r\n`
  const chunk = Buffer.alloc(100_000)
  const framed = Buffer.concat([Buffer.from('186a0\r\n'), chunk, Buffer.from('\r\n')])
  const isChunked = length.startsWith('transfer')
  const parts = Array.from({ length: 1000 }, () => (isChunked ? framed : chunk))
  const end = isChunked ? '0\r\n\r\n' : ''
  // On a busy machine so many bytes take longer than the other tests leave.
  const patient = await startServer(['--threads', '1'])
  const answer = await sendRaw(patient.port, `${head}${length}\r\n\r\n`, ...parts, end)
  expect(answer).toMatch(/^HTTP\/1\.1 413/)
  expect(answer).toContain('TOO_LARGE')
  const { status } = await fetch(`${patient.url}/v1/detect`, { method: 'POST', body: photo })
  expect(status).toBe(200)
  await patient.close()
})

test('clients that send slowly are cut off, and take no place meanwhile', async () => {
  const head = `POST /v1/detect HTTP/1.1\r\nhost: a\r\nauthorization: ${authorization}\r\n`
  const half = `${head}content-length: 1000\r\n\r\nhalf`
  const slow = Array.from({ length: 10 }, (_, i) => sendRaw(server.port, i % 2 ? head : half))
  expect((await post(photo)).status).toBe(200)
  for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^HTTP\/1\.1 408/)
})

test('bodies that together are more than the memory are refused, and what they held comes back', async () => {
  const head = `POST /v1/detect HTTP/1.1\r\nhost: a\r\nauthorization: ${authorization}\r\n`
  const most = [`${head}content-length: 900000\r\n\r\n`, Buffer.alloc(890_000)]
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => sendRaw(server.port, ...most)))
  const statuses = answers.map((answer) => answer.slice(9, 12))
  // The others are held, incomplete, until their time is over.
  expect(statuses).toContain('429')
  expect(statuses.filter((status) => status !== '429' && status !== '408')).toEqual([])
  expect(await metric('retinaface_rejections_total{reason="memory"}')).toBeGreaterThan(0)
  expect((await post(photo)).status).toBe(200)
})

test('broken forms are refused', async () => {
  const headers = { 'content-type': 'multipart/form-data; boundary=x' }
  const begun = '--x\r\ncontent-disposition: form-data; name="a"; filename="a"\r\n\r\nabc'
  for (const body of [begun, 'no form at all', '']) {
    const response = await post(body, { headers })
    expect([response.status, (await response.json()).error.code]).toEqual([
      400,
      expect.stringMatching(/BAD_FORM|NO_PICTURE/),
    ])
  }
})

test('work ends when the client goes away, and a broken upload leaves nothing', async () => {
  const stop = new AbortController()
  const left = [1, 2, 3].map(() => post(photo, { signal: stop.signal }, slow).catch(() => 'left'))
  await expect.poll(() => metric('retinaface_queue_pictures')).toBe(2)
  stop.abort()
  expect(await Promise.all(left)).toEqual(['left', 'left', 'left'])
  await expect.poll(() => metric('retinaface_queue_pictures')).toBe(0)
  await expect.poll(() => metric('retinaface_busy_workers')).toBe(0)
  const socket = connect(server.port, '127.0.0.1')
  socket.write(`POST /v1/detect HTTP/1.1\r\nhost: a\r\nauthorization: ${authorization}\r\n`)
  socket.write('content-length: 900000\r\n\r\n')
  socket.write(Buffer.alloc(400_000), () => socket.destroy())
  await once(socket, 'close')
  expect((await post(photo)).status).toBe(200)
  expect(server.log.some((line) => line.includes('"status":499'))).toBe(true)
})

test('a picture that takes too long is given up, and its worker is free again', async () => {
  const other = await startServer(['--threads', '1', '--seconds', '1'])
  const late = await fetch(`${other.url}/v1/detect${slow}`, { method: 'POST', body: photo })
  expect([late.status, (await late.json()).error.code]).toEqual([504, 'TIME_LIMIT'])
  const metrics = async () => (await fetch(`${other.url}/metrics`)).text()
  await expect.poll(metrics).toContain('retinaface_busy_workers 0')
  expect(await metrics()).toContain('retinaface_lost_workers_total 0')
  await other.close()
})

test('who asks twice to close it does not wait', async () => {
  const other = await startServer(['--threads', '1'])
  const left = fetch(`${other.url}/v1/detect${slow}`, { method: 'POST', body: photo })
  left.catch(() => 'left')
  const metrics = async () => (await fetch(`${other.url}/metrics`)).text()
  await expect.poll(metrics).toContain('retinaface_busy_workers 1')
  const closed = other.close()
  await expect.poll(() => other.log.some((line) => line.includes('"closing"'))).toBe(true)
  other.process.kill('SIGTERM')
  // No code, since the signal ended it.
  expect([await closed, other.process.signalCode]).toEqual([null, 'SIGTERM'])
  await expect(left).rejects.toThrow()
})

test('what it has is finished when it is asked to close', async () => {
  const other = await startServer(['--threads', '1'])
  const url = `${other.url}/v1/detect?inputSize=1600&flip=true`
  const asked = Array.from({ length: 4 }, () => fetch(url, { method: 'POST', body: photo }))
  const busy = async () => {
    const text = await (await fetch(`${other.url}/metrics`)).text()
    return /retinaface_queue_pictures 3/.test(text)
  }
  await expect.poll(busy).toBe(true)
  const closed = other.close()
  const answers = await Promise.all(asked)
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(await closed).toBe(0)
})
