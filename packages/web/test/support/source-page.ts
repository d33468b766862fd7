import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { createServer, type Plugin } from 'vite'
import { CHROMIUM } from './chromium.ts'
import { ISOLATION } from './static-server.ts'
import { DEPENDENCIES, plainAssets, SOURCE_CONDITIONS, wholeWorker } from './vite-plugins.ts'

declare global {
  /** The package, in the page of {@link openSourcePage}. */
  var retinaface: typeof import('../../src/index.ts')
  /** The models that are for research only, there too. */
  var researchModels: typeof import('@retinaface/models/research')
}

/** A page with the package's sources, in a browser of its own. */
export interface SourcePage {
  readonly page: Page
  readonly browser: Browser
  close(): Promise<void>
}

/** How to open the page. */
export interface SourcePageOptions {
  /** Of Chromium's command line. */
  readonly args?: readonly string[]
  /** What its user has set, as in a profile's file `Preferences`. */
  readonly preferences?: object
  /** The package's sources, or what is built of them: few files, so that workers start soon. */
  readonly from?: 'src' | 'dist'
}

const html = (entry: string) => `<!doctype html><script type="module">
import * as researchModels from '/@id/@retinaface/models/research'
import * as retinaface from '${entry}'
Object.assign(globalThis, { researchModels, retinaface })
</script>`

const pageItself = (entry: string): Plugin => ({
  name: 'page',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      if (request.url !== '/') return next()
      response.writeHead(200, { 'Content-Type': 'text/html', ...ISOLATION }).end(html(entry))
    })
  },
})

/** Opens a cross-origin isolated page that has the package as `retinaface`. */
export async function openSourcePage({
  args = [],
  preferences = {},
  from = 'src',
}: SourcePageOptions = {}): Promise<SourcePage> {
  const folder = mkdtempSync(join(tmpdir(), 'retinaface-page-'))
  const profile = join(folder, 'profile')
  mkdirSync(join(profile, 'Default'), { recursive: true })
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences))
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('../../', import.meta.url)),
    cacheDir: join(folder, 'vite'),
    appType: 'custom',
    logLevel: 'error',
    plugins: [
      plainAssets,
      wholeWorker,
      pageItself(from === 'src' ? '/src/index.ts' : '/dist/index.js'),
    ],
    resolve: from === 'src' ? { conditions: SOURCE_CONDITIONS } : {},
    optimizeDeps: { include: DEPENDENCIES, noDiscovery: true },
    server: { port: 0, hmr: false, watch: null, headers: ISOLATION },
  })
  await server.listen()
  const context = await chromium.launchPersistentContext(profile, {
    ...CHROMIUM,
    args: [...CHROMIUM.args, ...args],
  })
  const page = await context.newPage()
  await page.goto(server.resolvedUrls!.local[0]!)
  await page.waitForFunction(() => globalThis.retinaface !== undefined)
  const close = async () => {
    await context.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { page, browser: context.browser()!, close }
}
