import { setTimeout } from 'node:timers/promises'
import type { Route } from 'playwright'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openSourcePage, type SourcePage } from '../support/source-page.ts'
import { workerThreads } from '../support/worker-threads.ts'

type Create = 'createRetinaFace' | 'createWorkerRetinaFace'

let source: SourcePage

beforeAll(async () => {
  source = await openSourcePage()
})
afterAll(() => source.close())
afterEach(() => source.page.evaluate('globalThis.kept?.dispose()'))

declare global {
  /** In the page of {@link openSourcePage}. */
  var kept: Awaited<ReturnType<typeof retinaface.createRetinaFace>>
}

/** Makes a detector that stays, and tells its threads. */
function open(create: Create, threads: number): Promise<number> {
  return source.page.evaluate(
    async (asked) => {
      const { [asked.create]: make } = globalThis.retinaface
      globalThis.kept = await make({ threads: asked.threads })
      return globalThis.kept.provider.threads
    },
    { create, threads },
  )
}

/** Looks at pictures of several sizes. */
function detect(times: number): Promise<void> {
  return source.page.evaluate(async (count) => {
    const canvas = new OffscreenCanvas(640, 480)
    canvas.getContext('2d')!.fillRect(0, 0, 300, 300)
    for (let i = 0; i < count; i++)
      await globalThis.kept.detect(canvas, { inputSize: 640 - 32 * (i % 4) })
  }, times)
}

async function ticks(): Promise<number> {
  const threads = await workerThreads(source.browser)
  return threads.reduce((sum, thread) => sum + thread.ticks, 0)
}

test.each([
  ['createRetinaFace', 2],
  ['createWorkerRetinaFace', 3],
] as const)('%s has helpers, and dispose ends them', async (create, workers) => {
  expect(await workerThreads(source.browser)).toHaveLength(0)
  expect(await open(create, 3)).toBe(3)
  await detect(2)
  expect(await workerThreads(source.browser)).toHaveLength(workers)
  await source.page.evaluate('globalThis.kept.dispose()')
  await vi.waitFor(async () => expect(await workerThreads(source.browser)).toHaveLength(0))
})

test('a function of the caller that throws at the end of the loading leaves no helpers', async () => {
  const error = await source.page.evaluate(() => {
    const onProgress = ({ stage }: { stage: string }) => {
      if (stage === 'ready') throw new Error('mine')
    }
    return globalThis.retinaface.createRetinaFace({ threads: 3, onProgress }).catch(String)
  })
  expect(error).toBe('Error: mine')
  await vi.waitFor(async () => expect(await workerThreads(source.browser)).toHaveLength(0))
})

test('helpers work with the page, and sleep between pictures', async () => {
  await open('createRetinaFace', 2)
  const before = await ticks()
  await detect(40)
  const worked = await ticks()
  expect(worked - before).toBeGreaterThan(20)
  await setTimeout(1000)
  expect((await ticks()) - worked).toBeLessThan(5)
})

test.each([
  ['is missing', (route: Route) => route.fulfill({ status: 404 })],
  ['breaks', (route: Route) => respond(route, 'throw new Error("broken")')],
  [
    'is not isolated as the page is',
    (route: Route) => route.fulfill({ contentType: 'text/javascript', body: '' }),
  ],
  ['has no kernels', (route: Route) => respond(route, 'onmessage = () => postMessage(false)')],
])('a page whose worker script %s has one thread', async (_, answer) => {
  await source.page.route('**/src/worker.ts*', answer)
  try {
    expect(await open('createRetinaFace', 3)).toBe(1)
    await detect(1)
    await vi.waitFor(async () => expect(await workerThreads(source.browser)).toHaveLength(0))
  } finally {
    await source.page.unroute('**/src/worker.ts*')
  }
})

test('a page whose policy forbids workers has one thread', async () => {
  await source.page.evaluate(() => {
    const policy = document.createElement('meta')
    policy.httpEquiv = 'Content-Security-Policy'
    policy.content = "worker-src 'none'"
    document.head.append(policy)
  })
  expect(await open('createRetinaFace', 2)).toBe(1)
  await detect(1)
})

function respond(route: Route, body: string): Promise<void> {
  const headers = { 'Cross-Origin-Embedder-Policy': 'require-corp' }
  return route.fulfill({ contentType: 'text/javascript', headers, body })
}
