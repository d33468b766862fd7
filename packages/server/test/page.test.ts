import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningServer, samplePhoto, startServer } from './support/start-server.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let server: RunningServer
let browser: Browser

beforeAll(async () => {
  server = await startServer(['--threads', '1', '--page'])
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args })
})
afterAll(async () => {
  await browser.close()
  await server.close()
})

/** What axe finds, as rule and element. */
async function findings(page: Page, options = {}): Promise<string[]> {
  const { passes, violations } = await page.evaluate<AxeResults>(
    `axe.run(${JSON.stringify(options)})`,
  )
  expect(passes).not.toHaveLength(0)
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** Opens a page with axe, which its policy would not let in. */
async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ colorScheme: 'light', bypassCSP: true })
  await page.goto(server.url + path)
  await page.evaluate(axe)
  return page
}

const contrast = { runOnly: ['color-contrast'] }

test('axe finds nothing in the page: with an error, with a picture, in the dark', async () => {
  const page = await open('/')
  await page.locator('summary').click()
  await page.setInputFiles('#file', { name: 'no.jpg', mimeType: '', buffer: Buffer.from('no') })
  await page.locator('#status.bad').waitFor()
  expect(await findings(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await findings(page, contrast)).toEqual([])
  await page.setInputFiles('#file', samplePhoto())
  await page.locator('figure:not([hidden])').waitFor()
  expect(await findings(page)).toEqual([])
})

test('axe finds nothing in /docs', async () => {
  const page = await open('/docs')
  expect(await findings(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await findings(page, contrast)).toEqual([])
})

test('the page works under its own policy, by keyboard', async () => {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/error|warning/.test(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(server.url)
  await page.locator('input[value=blur]').press('Space')
  const chooser = page.waitForEvent('filechooser')
  await page.locator('#file').press('Enter')
  await (await chooser).setFiles(samplePhoto())
  await page.locator('#status', { hasText: /^Faces hidden: \d/ }).waitFor()
  expect(await page.getAttribute('figure a', 'download')).toBe('blur.jpg')
  expect(complaints).toEqual([])
})
