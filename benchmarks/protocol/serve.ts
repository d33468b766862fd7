import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { timingOf } from '../support/interleave.ts'
import type { Contender, Reply, Request, Success } from './contender.ts'

/**
 * Answers the runner's requests in a contender's process.
 *
 * @param create makes the contender from the options that the runner gave
 */
export function serve<Options>(create: (options: Options) => Contender): void {
  const imported = performance.now()
  const contender = create(JSON.parse(process.argv[2] ?? '{}'))
  process.on('message', (request: Request) => {
    answer(contender, request, imported).then(
      (reply) => process.send?.(reply),
      (error) => process.send?.({ error: reason(error) } satisfies Reply),
    )
  })
}

async function answer(contender: Contender, request: Request, imported: number): Promise<Success> {
  let result: Pick<Success, 'faces' | 'count' | 'stages'> = {}
  const timing = await timingOf(async () => {
    result = await carryOut(contender, request)
  })
  return {
    ...result,
    ...timing,
    clock: {
      booted: performance.nodeTiming.bootstrapComplete,
      imported,
      now: performance.now(),
    },
    peakMemory: peakMemory(),
  }
}

async function carryOut(
  contender: Contender,
  request: Request,
): Promise<Pick<Success, 'faces' | 'count' | 'stages'>> {
  switch (request.kind) {
    case 'load':
      await contender.load()
      return {}
    case 'detect':
      return { faces: await contender.detect(request.path) }
    case 'detectMany':
      return { count: await expected(contender.detectMany, request)(request.paths) }
    case 'stages':
      return { stages: await expected(contender.stages, request)(request.path) }
    case 'memory':
      return {}
  }
}

/** Linux counts the starting process's memory to `maxRSS`, so its own high-water mark is read there. */
function peakMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024
}

function expected<Method>(method: Method | undefined, { kind }: Request): Method {
  if (method === undefined) throw new Error(`this contender has no ${kind}`)
  return method
}

function reason(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
