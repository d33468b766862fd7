import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { SITE_FOLDER } from './support/site-folder.ts'
import { openBrowser } from './support/visit.ts'

const files = readdirSync(SITE_FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html') && file !== '404.html')
  .toSorted()

test('every page has one main landmark', () => {
  expect(files.length).toBeGreaterThan(200)
  const others = files.filter((file) => {
    const html = readFileSync(join(SITE_FOLDER, file), 'utf8')
    return html.match(/<main[\s>]/g)?.length !== 1
  })
  expect(others).toEqual([])
})

test('every page but those of the reference fits on a screen of 390 pixels', async () => {
  const context = await (await openBrowser()).newContext({
    serviceWorkers: 'block',
    viewport: { width: 390, height: 844 },
  })
  const page = await context.newPage()
  const widths: Record<string, number> = {}
  for (const file of files.filter((name) => !name.startsWith('reference/'))) {
    const response = await page.goto(`${inject('site')}/${file.replace(/(index)?\.html$/, '')}`)
    expect(response?.status(), file).toBe(200)
    widths[file] = await page.evaluate(() => document.documentElement.scrollWidth)
  }
  expect(Object.keys(widths).length).toBeGreaterThan(25)
  expect(Object.entries(widths).filter(([, width]) => width > 390)).toEqual([])
  await context.close()
})

test('what is meant for maintainers is not on the page of benchmarks', () => {
  const html = readFileSync(join(SITE_FOLDER, 'guide/benchmarks.html'), 'utf8')
  expect(html).toContain('Ratios are to the first line, round by round.')
  expect(html).not.toMatch(/do not edit|How it is measured|straightforward\.ts/)
})
