import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startRedis } from './redis-server.ts'
import { type Fault, type S3Stub, s3Environment, startS3Stub } from './s3-stub.ts'

const command = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url))

/** What a run has to bear. */
export interface FireOptions {
  /** Folder of the pictures. */
  readonly pictures: string
  readonly shardSize: number
  readonly workers: number
  /** How often a worker is killed with SIGKILL, and started again. */
  readonly kills: number
  /** Longest time between two of these, milliseconds. */
  readonly between: number
  /** Seconds for which Redis is stopped, in the middle; it forgets all. */
  readonly redisStopped: number
  readonly faultOf: (method: string, path: string) => Fault
  /** The same for the same number. */
  readonly random: () => number
  readonly log?: (line: string) => void
}

/** What is there when the run has ended. */
export interface FireResult {
  /** Exit code of `retinaface batch`. */
  readonly code: number | null
  readonly stderr: string
  /** A row of a part for each, in no order. */
  readonly files: readonly string[]
  readonly parts: number
  readonly seconds: number
  /** Shards that workers said they had done; more than parts where some were done twice. */
  readonly done: number
  readonly requests: S3Stub['requests']
}

/** Runs `retinaface batch` and `retinaface work` on a stub of S3 and a Redis that goes away, and kills workers. */
export async function runUnderFire(options: FireOptions): Promise<FireResult> {
  const { workers, kills, between, random, log = () => undefined } = options
  const stub = await startS3Stub(options.faultOf)
  const redis = await startRedis()
  const started = performance.now()
  const queue = ['--queue', redis.url]
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1)
  const tell = (line: string) => log(`${seconds()} s: ${line}`)
  const start = (args: readonly string[]) => {
    const env = { ...process.env, ...s3Environment(stub.url) }
    return spawn(process.execPath, [command, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  }
  let said = ''
  const startWorker = () => {
    const child = start(['work', ...queue, '--lease', '2', '--threads', '1'])
    child.stderr!.setEncoding('utf8').on('data', (text) => {
      said += text
    })
    return child
  }
  const size = ['--shard-size', String(options.shardSize)]
  const as = ['--format', 'ndjson', '--no-pose', '--quiet']
  const batch = start([
    'batch',
    options.pictures,
    '--output',
    's3://faces/run',
    ...size,
    ...as,
    ...queue,
  ])
  let stderr = ''
  batch.stderr!.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  const ended = once(batch, 'exit')
  let isOver = false
  ended.then(() => {
    isOver = true
  })
  const living: ChildProcess[] = Array.from({ length: workers }, startWorker)
  for (let kill = 0; kill < kills && !isOver; kill++) {
    await sleep(between * random())
    if (kill === Math.floor(kills / 2)) {
      // A command that begins while Redis is gone ends at once.
      while (!isOver && partsOf(stub).length === 0) await sleep(50)
      tell('Redis is stopped')
      await redis.stop()
      await sleep(options.redisStopped * 1000)
      await redis.start()
    }
    const at = Math.floor(workers * random())
    tell(`worker ${at} is killed, ${partsOf(stub).length} parts are there`)
    living[at]!.kill('SIGKILL')
    // One may have ended for want of Redis when it began.
    for (const [i, child] of living.entries()) {
      if (i === at || child.exitCode !== null) living[i] = startWorker()
    }
  }
  const [code] = await ended
  tell(`batch ended with ${code}`)
  await Promise.all(living.map(end))
  const parts = partsOf(stub)
  const files = parts.flatMap(([, { data }]) => namesIn(data))
  await Promise.all([redis.close(), stub.close()])
  const done = said.split('\n').filter((line) => /^\d{6}-\w+: /.test(line)).length
  return {
    code,
    stderr,
    files,
    parts: parts.length,
    seconds: Number(seconds()),
    done,
    requests: stub.requests,
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}

function partsOf(stub: S3Stub) {
  return [...stub.objects].filter(([key]) => /part-[^.]+\.ndjson$/.test(key))
}

/** The pictures of a part: one with several faces has a row each, one after the other. */
function namesIn(part: Buffer): string[] {
  const rows = part
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  return rows.filter(({ face }) => face === null || face === 1).map(({ file }) => file)
}

/** Numbers from 0 to 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
