import { retinaface500m } from '@retinaface/models'
import { mnet025Slim } from '@retinaface/models/research'
import { Tensor } from 'onnxruntime-common'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { RELAXED_SIMD_KERNELS, SIMD_KERNELS } from '../../src/kernels/generated/kernel-bytes.ts'
import { compileKernels, type Kernels } from '../../src/kernels/kernel-module.ts'
import { KernelSession } from '../../src/kernels/kernel-session.ts'
import { planSteps } from '../../src/kernels/kernel-steps.ts'
import type { CallPlan } from '../../src/kernels/plan-calls.ts'
import type { KernelThreads } from '../../src/kernels/threads/kernel-threads.ts'
import { runAlone, shareKernels, startThreads } from '../../src/kernels/threads/start-threads.ts'
import { startWorker } from '../../src/start-worker.ts'
import { noise } from '../support/noise.ts'

const builds = [
  ['relaxed SIMD', RELAXED_SIMD_KERNELS],
  ['SIMD', SIMD_KERNELS],
] as const

let model: Uint8Array
let own: Uint8Array
let helpers: Worker[] = []
const started: KernelThreads[] = []

beforeAll(async () => {
  model = await fetchModel(mnet025Slim)
  own = await fetchModel(retinaface500m)
})
afterEach(() => {
  for (const threads of started.splice(0)) threads.end()
  helpers = []
})

async function fetchModel({ url }: { readonly url: URL }): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer())
}

function startHelper(): Worker {
  const helper = startWorker()
  helpers.push(helper)
  return helper
}

async function share(build: string, count: number, network = model): Promise<KernelSession> {
  const threads = await shareKernels(await compileKernels(build, true), count, startHelper)
  started.push(threads)
  expect(threads.count).toBe(count)
  return new KernelSession(planSteps(network), threads)
}

function feeds(width: number, height: number): { readonly data: Tensor } {
  return { data: new Tensor('uint8', noise(4 * width * height), [1, height, width, 4]) }
}

/** Counts what the calling thread computes from now on. */
function countOwnCalls(threads: KernelThreads): { calls: number } {
  const own = { calls: 0 }
  const counted = Object.entries(Reflect.get(threads, 'kernels') as Kernels).map(
    ([name, kernel]) => {
      const counting = (...numbers: number[]) => {
        own.calls++
        kernel(...numbers)
      }
      return [name, counting]
    },
  )
  Reflect.set(threads, 'kernels', Object.fromEntries(counted))
  return own
}

describe.each(builds)('the kernels of %s', (_, build) => {
  // 96×32 and 128×64 are too little to split, others have odd numbers of rows on some levels.
  test.each([
    ['mnet025', 2, 96, 32],
    ['mnet025', 2, 640, 480],
    ['mnet025', 2, 352, 224],
    ['mnet025', 3, 416, 288],
    ['mnet025', 4, 256, 1056],
    ['retinaface-500m', 2, 128, 64],
    ['retinaface-500m', 2, 640, 512],
    ['retinaface-500m', 3, 448, 320],
    ['retinaface-500m', 4, 256, 1088],
  ] as const)(
    'give for %s on %i threads bit for bit what they give on one: %i×%i',
    async (name, count, width, height) => {
      const network = name === 'mnet025' ? model : own
      const alone = new KernelSession(
        planSteps(network),
        await runAlone(await compileKernels(build, false)),
      )
      const shared = await share(build, count, network)
      const names = alone.outputNames
      const expected = await alone.run(feeds(width, height), names)
      for (let run = 0; run < 5; run++) {
        const found = await shared.run(feeds(width, height), names)
        for (const name of names) {
          const [bits, expectedBits] = [found, expected].map(
            (all) => new Uint32Array((all[name]!.data as Float32Array).buffer),
          )
          expect(
            bits!.every((value, i) => value === expectedBits![i]),
            name,
          ).toBe(true)
        }
      }
    },
  )
})

test('200 runs of sizes in turn give the same each time', async () => {
  const session = await share(RELAXED_SIMD_KERNELS, 2)
  const sizes = [
    [320, 256],
    [256, 320],
    [64, 64],
  ] as const
  const sumOf = async ([width, height]: readonly [number, number]) => {
    const outputs = await session.run(feeds(width, height), session.outputNames)
    return Object.values(outputs).map(({ data }) =>
      (data as Float32Array).reduce((sum, value) => sum + value, 0),
    )
  }
  const expected = [await sumOf(sizes[0]), await sumOf(sizes[1]), await sumOf(sizes[2])]
  for (let run = 0; run < 200; run++) {
    expect(await sumOf(sizes[run % 3]!)).toEqual(expected[run % 3])
  }
})

test('helpers do a part of the work', async () => {
  const session = await share(RELAXED_SIMD_KERNELS, 2)
  const run = () => session.run(feeds(320, 256), session.outputNames)
  const own = countOwnCalls(started[0]!)
  await run()
  const { chunks } = Reflect.get(session, 'plan').calls as CallPlan
  const all = chunks.flatMap(({ calls }) => calls).length
  expect(chunks.length).toBeGreaterThan(50)
  // A busy computer may not let the helper run at once.
  for (;;) {
    own.calls = 0
    await run()
    if (own.calls < all) break
  }
  expect(own.calls).toBeGreaterThan(0)
})

test('helpers that do not start are done without', async () => {
  const refuse = (): Worker => {
    throw new DOMException('not allowed', 'SecurityError')
  }
  const missing = () => new Worker('/missing-worker.js', { type: 'module' })
  for (const start of [refuse, missing]) {
    const threads = await startThreads(3, start)
    expect(threads.count).toBe(1)
    const session = new KernelSession(planSteps(model), threads)
    expect(Object.keys(await session.run(feeds(96, 96), session.outputNames))).toHaveLength(
      session.outputNames.length,
    )
  }
})

test('memory that cannot be had to share is had alone', async () => {
  const { Memory } = WebAssembly
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      if (descriptor.shared) throw new RangeError('could not allocate memory')
      super(descriptor)
    }
  }
  try {
    expect((await startThreads(2, startHelper)).count).toBe(1)
    expect(helpers).toEqual([])
  } finally {
    WebAssembly.Memory = Memory
  }
})
