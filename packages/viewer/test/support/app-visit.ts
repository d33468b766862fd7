import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { CHROMIUM } from './chromium.ts'

const command = fileURLToPath(new URL('../../dist/serve.js', import.meta.url))
const manifest = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')

/** One of the six photos of people at tables, 1920 pixels wide, that `@vladmandic/face-api` ships. */
export function samplePhoto(number: 1 | 2 | 3 | 4 | 5 | 6): string {
  return join(dirname(manifest), 'demo', `sample${number}.jpg`)
}

/** The served application, and a browser for it. */
export interface RunningApp {
  readonly origin: string
  visit(options?: BrowserContextOptions): Promise<Visit>
  close(): Promise<void>
}

/** A page of the application. */
export interface Visit {
  readonly page: Page
  /** What it wrote to the console, threw, or was refused by its policy. */
  readonly complaints: string[]
  /** The addresses that it asked for elsewhere. */
  readonly strays: string[]
  /** Waits for a state of the page. */
  state(name: 'empty' | 'loading' | 'shown' | 'no-faces'): Promise<void>
  close(): Promise<void>
}

/** Starts the command that users start, and a browser. */
export async function runApp(): Promise<RunningApp> {
  const server = spawn(process.execPath, [command, '--port', '0'], { stdio: 'pipe' })
  const origin = await new Promise<string>((resolve, reject) => {
    server.stderr.on('data', (text) => reject(new Error(String(text))))
    server.stdout.on('data', (text) => resolve(/http:\S+(?=\/ )/.exec(String(text))![0]))
  })
  const browser = await chromium.launch(CHROMIUM)
  return {
    origin,
    visit: (options) => visit(browser, origin, options),
    async close() {
      await browser.close()
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
    },
  }
}

async function visit(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext(options)
  const complaints: string[] = []
  const strays: string[] = []
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !url.startsWith('blob:')) strays.push(url)
  })
  const page = await context.newPage()
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(`${origin}/`)
  return {
    page,
    complaints,
    strays,
    state: (name) => page.waitForSelector(`body[data-state=${name}]`).then(() => undefined),
    close: () => context.close(),
  }
}
