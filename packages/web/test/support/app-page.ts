import type { Browser } from 'playwright'

/** What the page of an app found, told by its script. */
export interface AppReport {
  readonly direct: readonly FoundFace[]
  readonly worker: readonly FoundFace[]
  /** With threads where the page is isolated, in the page and in a worker. */
  readonly threaded: readonly (readonly FoundFace[])[]
  readonly threads: readonly number[]
}

interface FoundFace {
  readonly score: number
  readonly box: readonly number[]
}

/** What an app's page did. */
export interface AppVisit {
  readonly report: AppReport
  /** Every address that the page or its workers asked for. */
  readonly requests: readonly string[]
  /** What it wrote to the console and what it threw. */
  readonly complaints: readonly string[]
}

/** The script of every app: finds the faces of /photo.jpg here, in a worker, and with threads. */
export const APP_SCRIPT = `
import { createRetinaFace, createWorkerRetinaFace } from '@retinaface/web'

async function find(create, options = {}) {
  const retinaface = await create({ onProgress: () => {}, ...options })
  const faces = await retinaface.detect('/photo.jpg')
  const { threads } = retinaface.provider
  await retinaface.dispose()
  return { threads, faces: faces.map(({ score, box }) => ({ score, box })) }
}

async function findAll() {
  const direct = await find(createRetinaFace)
  const worker = await find(createWorkerRetinaFace)
  const threaded = []
  for (const create of [createRetinaFace, createWorkerRetinaFace]) {
    threaded.push(await find(create, { threads: 2 }))
  }
  return {
    direct: direct.faces,
    worker: worker.faces,
    threaded: threaded.map(({ faces }) => faces),
    threads: threaded.map(({ threads }) => threads),
  }
}

window.report = findAll().catch((error) => ({ failure: String(error) }))
`

/** Opens an app and waits for what it finds. */
export async function visitApp(browser: Browser, url: string): Promise<AppVisit> {
  const context = await browser.newContext()
  const requests: string[] = []
  const complaints: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  const page = await context.newPage()
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(url)
  const report = await page.evaluate<AppReport | { failure: string }>('report')
  await context.close()
  if ('failure' in report) throw new Error(`${report.failure}\n${complaints.join('\n')}`)
  return { report, requests, complaints }
}
