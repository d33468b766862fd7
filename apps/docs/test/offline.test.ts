import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { keepSite } from './support/keep-site.ts'
import { SITE_FOLDER } from './support/site-folder.ts'
import { visit } from './support/visit.ts'

/** What the service worker keeps from the first visit on: paths from the site's root. */
function keptFiles(): string[] {
  const [, list] = /^const FILES = (.*)$/m.exec(readFileSync(join(SITE_FOLDER, 'sw.js'), 'utf8'))!
  return JSON.parse(list!)
}

test('after one visit the site works without a network', async () => {
  const { context, page } = await keepSite()
  const status = page.locator('.example-status')
  await context.setOffline(true)
  await page.goto(`${inject('site')}/examples/photo`)
  await status.filter({ hasText: /^1 face in .*, meshes in / }).waitFor()
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await page.goto(`${inject('site')}/guide/coordinate-frames`)
  expect(await page.textContent('h1')).toContain('Coordinate frames')
  await page.goto(`${inject('site')}/model-cards/mnet025`)
  expect(await page.textContent('h1')).toContain('mnet025')
  await page.goto(`${inject('site')}/examples/latents`)
  await status.filter({ hasText: /^Decoded in/ }).waitFor()
  await context.close()
})

test('where the storage is full, pages come from the network', async () => {
  const { context, page } = await keepSite()
  const origin = inject('site')
  const devTools = await context.newCDPSession(page)
  await devTools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 })
  for (const path of ['/reference/core/', '/guide/viewer', '/reference/web/']) {
    const response = await page.goto(origin + path)
    expect(response?.status(), path).toBe(200)
    expect(response?.fromServiceWorker(), path).toBe(true)
  }
  await context.close()
})

test('what other applications of the origin keep is neither deleted nor used', async () => {
  const { context, page } = await keepSite(async () => {
    const cache = await caches.open('another application')
    const { href } = document.querySelector<HTMLLinkElement>('link[rel~=stylesheet]')!
    for (const url of [href, '/icon.svg']) await cache.put(url, new Response('theirs'))
  })
  const seen = await page.evaluate(async () => {
    const { href } = document.querySelector<HTMLLinkElement>('link[rel~=stylesheet]')!
    const texts = [href, '/icon.svg'].map(async (url) => (await fetch(url)).text())
    return { names: await caches.keys(), texts: await Promise.all(texts) }
  })
  expect(seen.names).toContain('another application')
  expect(seen.texts).not.toContain('theirs')
  await context.close()
})

test('what is kept is as much as the page about hosting says', async () => {
  const sizes = keptFiles().map(async (path) => {
    const response = await fetch(inject('site') + path)
    expect(response.status, path).toBe(200)
    return (await response.arrayBuffer()).byteLength
  })
  const total = (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0)
  const page = readFileSync(new URL('../guide/hosting.md', import.meta.url), 'utf8')
  const [, said] = /about (\d+) MB in the browser's storage/.exec(page)!
  expect(Math.round(total / 1e6)).toBe(Number(said))
})

test('of the networks, those are kept that an example loads', async () => {
  const seen = await visit('/examples/photo')
  await seen.statusLike(/^1 face in .*, meshes in /)
  const isWeights = (path: string) => /\.(onnx|safetensors)$/.test(path)
  const loaded = seen.requests.map((url) => new URL(url).pathname).filter(isWeights)
  expect(loaded.length).toBeGreaterThan(1)
  expect(keptFiles().filter(isWeights).toSorted()).toEqual([...new Set(loaded)].toSorted())
  await seen.close()
})
