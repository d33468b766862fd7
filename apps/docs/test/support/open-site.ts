import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import type { TestProject } from 'vitest/node'
import { serveSite } from '../../scripts/serve-site.ts'
import { makeCameraFilm } from './camera-film.ts'
import { SITE_FOLDER } from './site-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The built site, with the headers that it asks its host for. */
    readonly site: string
    /** The built site from a host that sends none of them. */
    readonly plainSite: string
    /** Where the browser is. */
    readonly browser: string
  }
}

const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** Builds the site unless it is built, serves it, and starts a browser with a filmed camera. */
export default async function openSite(project: TestProject): Promise<() => Promise<void>> {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const build = ['exec', 'turbo', 'run', 'build:site', '--filter', '@retinaface/docs']
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
  execFileSync('npx', ['--yes', packageManager, ...build], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })

  const folder = mkdtempSync(join(tmpdir(), 'retinaface-docs-'))
  const film = join(folder, 'film.mjpeg')
  writeFileSync(film, await makeCameraFilm())
  const browser = await chromium.launchServer({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  })
  const site = await serveSite(SITE_FOLDER)
  const plainSite = await serveSite(SITE_FOLDER, 0, { isolated: false })
  project.provide('site', site.origin)
  project.provide('plainSite', plainSite.origin)
  project.provide('browser', browser.wsEndpoint())
  return async () => {
    await browser.close()
    site.close()
    plainSite.close()
    rmSync(folder, { recursive: true })
  }
}
