import { type Browser, type BrowserServer, chromium, type Page } from 'playwright'
import type { Request, Success } from '../protocol/contender.ts'
import type { ContenderSpec, RunningContender } from '../protocol/contender-spec.ts'
import { ProcessTree } from './browser-process.ts'
import { ContenderServer } from './contender-server.ts'
import type { PageReply } from './page/web-contender.ts'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
// The slowest peer needs a quarter of a minute for a picture.
const patience = 120_000

interface Running {
  readonly launched: BrowserServer
  readonly browser: Browser
  readonly page: Page
  readonly processes: ProcessTree
}

/** A contender in a page of a browser of its own. */
export class BrowserContender implements RunningContender {
  private readonly server: ContenderServer
  private readonly options: unknown
  private readonly running: Promise<Running>

  constructor({ entry, options, place }: ContenderSpec) {
    this.server = new ContenderServer(entry, place === 'isolated page')
    this.options = options
    this.running = launch()
    this.running.catch(() => undefined)
  }

  /** @throws what the contender threw, or that it does not answer. */
  async ask(request: Request): Promise<Success> {
    const { page, processes } = await this.running
    const before = processes.processorTime()
    const reply = await this.carryOut(request, page)
    const { wall, now, booted, faces } = reply ?? { wall: 0, now: 0, booted: 0, faces: [] }
    return {
      wall,
      processor: processes.processorTime() - before,
      faces,
      clock: { booted, imported: await imported(page), now },
      peakMemory: processes.peakPageMemory(),
      bytes: this.server.bytes,
    }
  }

  async close(): Promise<void> {
    this.server.close()
    const running = await this.running.catch(() => undefined)
    await running?.browser.close()
    await running?.launched.close()
  }

  private async carryOut(request: Request, page: Page): Promise<PageReply | undefined> {
    switch (request.kind) {
      case 'load':
        await page.goto(await this.server.listen())
        await page.waitForFunction(() => globalThis.contender !== undefined)
        return page.evaluate((options) => globalThis.contender!.load(options), this.options)
      case 'detect': {
        const url = this.server.addPicture(request.path)
        return page.evaluate((address) => globalThis.contender!.detect(address), url)
      }
      case 'memory':
        return undefined
      default:
        throw new Error(`pages have no ${request.kind}`)
    }
  }
}

async function launch(): Promise<Running> {
  const launched = await chromium.launchServer({ executablePath: '/usr/bin/chromium', args: flags })
  const browser = await chromium.connect(launched.wsEndpoint())
  const page = await browser.newPage()
  page.setDefaultTimeout(patience)
  return { launched, browser, page, processes: new ProcessTree(launched.process().pid!) }
}

function imported(page: Page): Promise<number> {
  return page.evaluate(() => globalThis.contender!.imported)
}
