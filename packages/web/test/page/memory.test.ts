import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSourcePage, type SourcePage } from '../support/source-page.ts'

// The long run, which takes minutes: RETINAFACE_LONG_TESTS=1.
const long = process.env.RETINAFACE_LONG_TESTS === '1'
const detections = long ? 2000 : 200
const cycles = long ? 50 : 6

let source: SourcePage

beforeAll(async () => {
  source = await openSourcePage({ from: 'dist' })
})
afterAll(() => source.close())

/** What the browser's pages hold of the memory, workers and WebAssembly included. */
async function residentMiB(): Promise<number> {
  const session = await source.browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8')))
  return sizes.reduce((sum, size) => sum + Number(size![1]), 0) / 1024
}

async function settledMiB(): Promise<number> {
  const session = await source.page.context().newCDPSession(source.page)
  await session.send('HeapProfiler.collectGarbage')
  await new Promise((resolve) => setTimeout(resolve, 1000))
  return residentMiB()
}

function detectTimes(threads: number, times: number) {
  return source.page.evaluate(
    async (given) => {
      const page = globalThis as {
        detectors?: Record<number, Awaited<ReturnType<typeof retinaface.createRetinaFace>>>
      }
      page.detectors ??= {}
      page.detectors[given.threads] ??= await globalThis.retinaface.createWorkerRetinaFace({
        threads: given.threads,
      })
      const canvas = new OffscreenCanvas(320, 240)
      canvas.getContext('2d')!.fillRect(0, 0, 320, 240)
      for (let i = 0; i < given.times; i++) await page.detectors[given.threads]!.detect(canvas)
    },
    { threads, times },
  )
}

function createTimes(
  name: 'createRetinaFace' | 'createWorkerRetinaFace',
  threads: number,
  times: number,
) {
  return source.page.evaluate(
    async ({ create, count, ...options }) => {
      for (let i = 0; i < count; i++) {
        const detector = await globalThis.retinaface[create](options)
        await detector.warmUp()
        await detector.dispose()
      }
    },
    { create: name, count: times, threads },
  )
}

const windows = 4

/**
 * By how much the floor of memory rises over several equal stretches of work, in MiB: the least size
 * in the later half against the least in the earlier. The collector gives memory back when it likes,
 * which makes peaks; a leak raises the floor.
 */
async function riseOfFloor(work: (times: number) => Promise<void>, times: number) {
  const sizes = [await settledMiB()]
  for (let i = 0; i < windows; i++) {
    await work(times)
    sizes.push(await settledMiB())
  }
  if (long) process.stdout.write(`${sizes.map(Math.round).join(', ')} MiB\n`)
  const middle = Math.ceil(sizes.length / 2)
  return Math.min(...sizes.slice(middle)) - Math.min(...sizes.slice(0, middle))
}

/**
 * Expects the floor to rise by less than a bound, in MiB. Where it rises by more, it is measured again,
 * three times in all: a leak goes on, and what the browser takes for itself on a busy machine does
 * not.
 */
async function expectNoGrowth(
  work: (times: number) => Promise<void>,
  { first, more, bound }: { first: number; more: number; bound: number },
) {
  await work(first)
  const rises: number[] = []
  do rises.push(await riseOfFloor(work, more))
  while (rises.length < 3 && rises.at(-1)! >= bound)
  expect(rises.at(-1), `rises of ${rises.join(', ')} MiB`).toBeLessThan(bound)
}

test('the measurement sees memory that is held', async () => {
  const before = await settledMiB()
  await source.page.evaluate('globalThis.held = new Uint8Array(100 * 2 ** 20).fill(1), 0')
  expect((await settledMiB()) - before).toBeGreaterThan(90)
  await source.page.evaluate('delete globalThis.held')
})

test.each([1, 2])(
  `${detections} detections on %i threads do not grow the page`,
  { timeout: 900_000 },
  async (threads) => {
    const work = (times: number) => detectTimes(threads, times)
    await expectNoGrowth(work, { first: 50, more: detections, bound: 30 })
  },
)

// Memory that the collector has not given back yet grows for some sixty cycles, then levels off.
test.each([
  ['createRetinaFace', 1],
  ['createRetinaFace', 2],
  ['createWorkerRetinaFace', 1],
  ['createWorkerRetinaFace', 2],
] as const)(
  `${cycles} cycles of %s with %i threads and dispose do not grow the page`,
  { timeout: 900_000 },
  async (create, threads) => {
    const work = (times: number) => createTimes(create, threads, times)
    await expectNoGrowth(work, { first: 70, more: cycles, bound: 40 })
  },
)
