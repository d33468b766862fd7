// What @retinaface/server does with four times the requests that it can do: how late accepted ones are,
// how many are refused, and its memory. It measures the package as built, on loopback, in a process of
// its own.
//
//   pnpm turbo run build --filter @retinaface/server
//   pnpm --filter @retinaface/benchmarks server-load [--seconds 60] [--threads 2] [--queue 8]

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import sharp from 'sharp'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    threads: { type: 'string', default: '2' },
    queue: { type: 'string', default: '8' },
  },
})
const [seconds, threads, queue] = [values.seconds, values.threads, values.queue].map(Number)
const { resolve } = createRequire(import.meta.url)
const port = 8179
const url = `http://127.0.0.1:${port}/v1/detect`

const main = join(dirname(resolve('@retinaface/server')), 'main.js')
const args = [
  '--port',
  String(port),
  '--threads',
  String(threads),
  '--queue',
  String(queue),
  '--no-log',
]
const server = spawn(process.execPath, [main, ...args], { stdio: 'inherit' })
const exit = once(server, 'exit')
process.on('exit', () => server.kill())
await untilReady()

const manifest = resolve('@vladmandic/face-api/package.json')
const photo = await sharp(join(dirname(manifest), 'demo/sample1.jpg'))
  .resize(960)
  .jpeg()
  .toBuffer()

interface Load {
  readonly connections: number
  readonly seconds: number
  readonly rate?: number
}

const alone = await load({ connections: 1, seconds: 10 })
const full = await load({ connections: threads!, seconds: 10 })
const capacity = full.accepted.length / 10
const memory: number[] = []
const watch = setInterval(() => memory.push(residentMiB()), 1000)
const held = { waiting: 0, busy: 0 }
const count = setInterval(() => void countHeld(), 250)
const over = await load({ connections: 64, seconds: seconds!, rate: Math.ceil(4 * capacity) })
clearInterval(watch)
clearInterval(count)

const unloaded = percentile(alone.accepted, 0.5)
// Who is accepted last waits for the whole queue, done at the machine's rate.
const boundAt = (perSecond: number) => 2 * unloaded + (1000 * queue!) / perSecond
const perSecond = over.accepted.length / seconds!
const third = Math.floor(memory.length / 3)
console.log(
  JSON.stringify(
    {
      ...{ threads, queue, seconds },
      capacityPerSecond: capacity,
      offeredPerSecond: Math.round(over.sent / seconds!),
      unloadedMedianMs: Math.round(unloaded),
      boundMs: Math.round(boundAt(capacity)),
      // Refusing, and asking on the same machine, take time from the workers.
      boundAtTheirRateMs: Math.round(boundAt(perSecond)),
      mostAtATime: held,
      accepted: {
        count: over.accepted.length,
        perSecond,
        medianMs: Math.round(percentile(over.accepted, 0.5)),
        p99Ms: Math.round(percentile(over.accepted, 0.99)),
        longestMs: Math.round(percentile(over.accepted, 1)),
      },
      refused: {
        count: over.refused.length,
        medianMs: Math.round(percentile(over.refused, 0.5)),
        p99Ms: Math.round(percentile(over.refused, 0.99)),
      },
      otherAnswers: over.others,
      withoutAnswer: over.errors,
      memoryMiB: {
        firstThird: Math.max(...memory.slice(0, third)),
        lastThird: Math.max(...memory.slice(-third)),
      },
    },
    undefined,
    2,
  ),
)
server.kill('SIGTERM')
await exit

async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await new Promise((done) => setTimeout(done, 300))
  }
  throw new Error('The server did not become ready.')
}

/** Asks for so many seconds; times are in milliseconds. */
async function load({ connections, seconds: duration, rate }: Load) {
  const accepted: number[] = []
  const refused: number[] = []
  let others = 0
  const options: autocannon.Options = {
    ...{ url, method: 'POST', body: photo, connections, duration, timeout: 60 },
    headers: { 'content-type': 'image/jpeg' },
    ...(rate === undefined ? {} : { overallRate: rate }),
  }
  const { errors, requests } = await new Promise<autocannon.Result>((done, fail) => {
    const run = autocannon(options, (error, result) => (error ? fail(error) : done(result)))
    run.on('response', (_client, status, _bytes, time) => {
      if (status === 200) accepted.push(time)
      else if (status === 429) refused.push(time)
      else others += 1
    })
  })
  return { accepted, refused, others, errors, sent: requests.sent }
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** What waits and what is worked on, as the server counts it. */
async function countHeld(): Promise<void> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const countOf = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1])
  held.waiting = Math.max(held.waiting, countOf('retinaface_queue_pictures'))
  held.busy = Math.max(held.busy, countOf('retinaface_busy_workers'))
}

/** What the server's process has in memory. */
function residentMiB(): number {
  const [, kilobytes] =
    /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}
