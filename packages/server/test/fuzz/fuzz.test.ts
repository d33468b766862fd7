import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fuzzCases } from '../../../../fixtures/fuzz.ts'
import { type RunningServer, startServer } from '../support/start-server.ts'
import { damageRequest, makePictures, makeRequest, type Sent } from './requests.ts'

let server: RunningServer
beforeAll(async () => {
  const limits = ['--threads', '1', '--queue', '100', '--seconds', '10', '--receive-seconds', '1']
  const bytes = ['--body-bytes', '1000000', '--pictures', '20', '--pixel-limit', '100000']
  server = await startServer([...limits, ...bytes, '--allow-url', 'http://127.0.0.1:1/', '--page'])
})
afterAll(() => server.close())

// Documented ones; 502 and 504 are of URLs that cannot be fetched and of work that takes too long.
const known = [100, 200, 204, 400, 403, 404, 406, 408, 413, 415, 417, 422, 429, 431, 502, 504]
const atOnce = 24

/** Everything that comes back until the server closes. */
function send({ bytes, isHttp }: Sent): Promise<string> {
  const socket = connect(server.port, '127.0.0.1')
  let answer = ''
  return new Promise((resolve) => {
    socket.setTimeout(40_000, () => {
      answer = 'no end'
      socket.destroy()
    })
    socket.setEncoding('latin1').on('data', (text: string) => {
      answer += text
    })
    socket.on('error', () => undefined).on('close', () => resolve(answer))
    socket.write(bytes)
    // Half of those who break off close their side at once.
    if (!isHttp && bytes.length % 2 === 0) socket.end()
  })
}

/** What is wrong with an answer, if anything is. */
function faultOf(answer: string, { isHttp }: Sent): string | undefined {
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])
  // Who breaks off may get none.
  if (answer === '') return isHttp ? 'no answer' : undefined
  if (!known.includes(status)) return `status ${status}`
  const [, body = ''] = answer.split(/\r\n\r\n(.*)/s)
  if (status >= 400 && body.length > 1000) return `an answer of ${body.length} characters`
  if (/\bat .*\.[jt]s:\d+/.test(body)) return 'a stack trace'
  return undefined
}

test(
  'damaged requests are done, or refused with a status that says why',
  async () => {
    const pictures = await makePictures()
    const cases = fuzzCases(400)
    const found: string[] = []
    const next = async () => {
      for (let random = cases.pop(); random; random = cases.pop()) {
        const sent = damageRequest(makeRequest(pictures, random), random)
        const fault = faultOf(await send(sent), sent)
        if (fault) found.push(`${fault}: ${JSON.stringify(sent.bytes.toString('latin1'))}`)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, next))
    expect(found).toEqual([])
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toContain('retinaface_queue_pictures 0')
    expect(metrics).toContain('retinaface_busy_workers 0')
    expect(metrics).toContain('retinaface_lost_workers_total 0')
    expect(server.log.filter((line) => line.includes('"status":500'))).toEqual([])
    const body = new Uint8Array(pictures[0]!)
    expect((await fetch(`${server.url}/v1/detect`, { method: 'POST', body })).status).toBe(200)
    const [, kilobytes] =
      /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8')) ?? []
    expect(Number(kilobytes)).toBeLessThan(900_000)
  },
  Number.POSITIVE_INFINITY,
)
