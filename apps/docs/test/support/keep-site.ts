import type { BrowserContext, Page } from 'playwright'
import { inject } from 'vitest'
import { openBrowser } from './visit.ts'

/** A new visitor whose browser has kept the site. */
export interface KeptSite {
  readonly context: BrowserContext
  readonly page: Page
}

/**
 * Opens the home page as a new visitor and waits until its service worker has kept the site.
 *
 * @param before is called in the page before the service worker starts
 */
export async function keepSite(before: () => Promise<void> = async () => {}): Promise<KeptSite> {
  const context = await (await openBrowser()).newContext()
  const page = await context.newPage()
  await page.goto(inject('site'))
  await page.evaluate(before)
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready
    if (active?.state === 'activated') return
    await new Promise((done) => active!.addEventListener('statechange', done))
  })
  return { context, page }
}
