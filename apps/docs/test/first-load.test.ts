import { expect, inject, test } from 'vitest'
import { openBrowser } from './support/visit.ts'

const pages = ['/', '/guide/options-and-errors', '/recipes/server']
const widths = [390, 1440]

/** How far visible things moved by themselves, as browsers measure it; 0.1 is where it disturbs. */
declare global {
  interface Window {
    movement: number
  }
}

interface LayoutShift extends PerformanceEntry {
  readonly value: number
}

const visits = pages.flatMap((path) => widths.map((width) => ({ path, width })))

test.for(visits)('$path at $width pixels: at most 200 kB, and nothing moves', async (visit) => {
  const context = await (await openBrowser()).newContext({
    serviceWorkers: 'block',
    viewport: { width: visit.width, height: 844 },
  })
  const page = await context.newPage()
  await page.addInitScript(() => {
    window.movement = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.movement += (entry as LayoutShift).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const sizes: Promise<number>[] = []
  context.on('requestfinished', (request) => {
    const size = request.sizes()
    sizes.push(size.then((sent) => sent.responseBodySize + sent.responseHeadersSize))
  })
  await page.goto(inject('site') + visit.path, { waitUntil: 'networkidle' })
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  const movement = await page.evaluate(() => window.movement)
  await context.close()
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(200_000)
  expect(movement).toBeLessThan(0.05)
})
