import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { SITE_FOLDER } from './support/site-folder.ts'
import { visit } from './support/visit.ts'

test('with the headers the page is isolated', async () => {
  const seen = await visit('/examples/photo')
  expect(await seen.page.evaluate(() => crossOriginIsolated)).toBe(true)
  await seen.statusLike(/^1 face in /)
  await seen.close()
})

test('a host that sends no headers gives the same faces', async () => {
  const seen = await visit('/examples/photo', { origin: inject('plainSite') })
  expect(await seen.page.evaluate(() => crossOriginIsolated)).toBe(false)
  await seen.statusLike(/^1 face in /)
  expect(seen.complaints).toEqual([])
  await seen.close()
})

test('the policy forbids what the site does not do', async () => {
  const seen = await visit('/guide/coordinate-frames')
  const refused = await seen.page.evaluate(async () => {
    const policies: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => {
      policies.push(event.effectiveDirective)
    })
    const script = Object.assign(document.createElement('script'), {
      textContent: 'window.bad = 1',
    })
    document.body.append(script)
    await fetch('https://elsewhere.example/').catch(() => undefined)
    // What evaluate itself runs may do more; a timer's work may not.
    setTimeout(() => new Function('window.bad = 1')())
    await new Promise((resolve) => setTimeout(resolve, 200))
    return { policies, bad: 'bad' in window }
  })
  expect(refused.bad).toBe(false)
  expect(refused.policies.toSorted()).toEqual(['connect-src', 'script-src', 'script-src-elem'])
  await seen.close()
})

test('no page names another origin for anything that it loads', () => {
  const html = readFileSync(join(SITE_FOLDER, 'index.html'), 'utf8')
  const loaded = [...html.matchAll(/<(?:script|link|img)[^>]*\s(?:src|href)="([^"]*)"/g)]
  expect(loaded.length).toBeGreaterThan(3)
  for (const [, url] of loaded) expect(url).toMatch(/^\/[^/]/)
})
