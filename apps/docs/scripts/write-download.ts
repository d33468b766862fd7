// Measures what a visitor of the built site downloads before the first face, and writes it to
// data/download.json, which the performance page shows.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { measureDownload } from './measure-download.ts'
import { serveSite } from './serve-site.ts'

const server = await serveSite(fileURLToPath(new URL('../.vitepress/dist', import.meta.url)))
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const download = await measureDownload(browser, server.origin)
await browser.close()
server.close()
const file = new URL('../data/download.json', import.meta.url)
writeFileSync(file, `${JSON.stringify(download, undefined, 2)}\n`)
console.log(download)
