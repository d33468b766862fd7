import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { inject } from 'vitest'
import { samplePhoto } from './sample-photo.ts'

/** A page of the site, in a browser profile of its own. */
export interface Visit {
  readonly page: Page
  /** Addresses that were asked for. */
  readonly requests: readonly string[]
  /** Errors and warnings of the console, and what was thrown. */
  readonly complaints: readonly string[]
  /** What the example says. */
  status(): Promise<string>
  /** Waits until the example says something that fits, and returns it. */
  statusLike(pattern: RegExp): Promise<string>
  /** How many workers with a detector the page has. */
  detectorWorkers(): Promise<number>
  /** Gives the example one of the real photographs. */
  upload(number: Parameters<typeof samplePhoto>[0]): Promise<void>
  close(): Promise<void>
}

/** How a page is visited. */
export interface VisitOptions extends BrowserContextOptions {
  /** The host; by default the one that sends the headers. */
  readonly origin?: string
  /** The real photograph that takes the place of every sample. */
  readonly sample?: Parameters<typeof samplePhoto>[0]
}

let browser: Promise<Browser> | undefined

/** The one browser of all tests. */
export function openBrowser(): Promise<Browser> {
  browser ??= chromium.connect(inject('browser'))
  return browser
}

/** Blocked service workers, and what Chromium says when WebGL's pictures are read for a screenshot. */
function isOfTheTests(complaint: string): boolean {
  return /Service Worker registration blocked|GL Driver Message.*ReadPixels/.test(complaint)
}

/** Opens a page of the site as a new visitor, whose browser keeps no site for later by default. */
export async function visit(
  path: string,
  { origin = inject('site'), sample, ...options }: VisitOptions = {},
): Promise<Visit> {
  const context = await (await openBrowser()).newContext({ serviceWorkers: 'block', ...options })
  context.setDefaultTimeout(60_000)
  const requests: string[] = []
  const complaints: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isOfTheTests(message.text())) {
      complaints.push(message.text())
    }
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  if (sample) {
    await context.route('**/samples/*.jpg', (route) => route.fulfill({ path: samplePhoto(sample) }))
  }
  const page = await context.newPage()
  await page.goto(origin + path)
  const status = async () => (await page.textContent('.example-status')) ?? ''
  return {
    page,
    requests,
    complaints,
    status,
    statusLike: async (pattern) => {
      await page.locator('.example-status', { hasText: pattern }).waitFor()
      return status()
    },
    // Each holds a lock until it ends. Playwright's own list may keep a worker of a worker that has
    // ended, on a busy machine.
    detectorWorkers: async () => {
      const { held } = await page.evaluate(() => navigator.locks.query())
      return held?.length ?? 0
    },
    upload: (number) => page.setInputFiles('.example-file input', samplePhoto(number)),
    close: () => context.close(),
  }
}
