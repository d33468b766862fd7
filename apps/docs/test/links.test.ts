import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { SITE_FOLDER } from './support/site-folder.ts'

const pages = readdirSync(SITE_FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html') && file !== '404.html')
  .map((file) => ({ file, html: readFileSync(join(SITE_FOLDER, file), 'utf8') }))
const anchors = new Map(
  pages.map(({ file, html }) => [
    file,
    new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => decode(id!))),
  ]),
)

function decode(text: string): string {
  return text.replaceAll('&amp;', '&').replaceAll('&quot;', '"')
}

/** What is wrong with a link of a page, if anything is. */
function problemOf(from: string, link: string): string | undefined {
  if (/^(https?|mailto):/.test(link)) return undefined
  const [path = '', anchor] = decode(link).split('#')
  const target = path === '' ? from : fileOf(posix.join('/', posix.dirname(from), path), path)
  if (!existsSync(join(SITE_FOLDER, target))) return `${from}: ${link}`
  const named = anchor && !anchors.get(target)?.has(decodeURIComponent(anchor))
  return named ? `${from}: ${link}` : undefined
}

function fileOf(relative: string, path: string): string {
  const whole = (path.startsWith('/') ? path : relative).slice(1)
  if (whole === '' || whole.endsWith('/')) return `${whole}index.html`
  const file = join(SITE_FOLDER, whole)
  return existsSync(file) && statSync(file).isFile() ? whole : `${whole}.html`
}

test('every link and anchor of every page leads somewhere', () => {
  expect(pages.length).toBeGreaterThan(200)
  const problems = new Set<string>()
  for (const { file, html } of pages) {
    const content = html.slice(html.indexOf('<main'), html.indexOf('</main'))
    const sidebar = html.slice(html.indexOf('<nav'), html.indexOf('<main'))
    for (const [, link] of `${content}${sidebar}`.matchAll(/<a[^>]*\shref="([^"]*)"/g)) {
      const problem = problemOf(file, link!)
      if (problem) problems.add(problem)
    }
  }
  expect([...problems]).toEqual([])
})
