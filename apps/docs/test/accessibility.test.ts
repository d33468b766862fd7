import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { readExamples } from '../.vitepress/read-examples.ts'
import { visit } from './support/visit.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const kinds = [
  '/',
  '/guide/how-it-works',
  '/guide/performance',
  '/migration/human',
  '/faq',
  '/model-cards/mesh',
  '/reference/',
  '/reference/core/interfaces/DetectOptions',
  '/reference/core/classes/RetinaFace',
  ...readExamples().map(({ name }) => `/examples/${name}`),
]

/** What axe finds serious or critical in a page, as rule and element. */
async function seriousFindings(page: Page): Promise<string[]> {
  const results = await page.evaluate<AxeResults>('axe.run()')
  expect(results.passes.length).toBeGreaterThan(10)
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}

test.for(kinds)('axe finds nothing serious in %s, light and dark', async (path) => {
  const seen = await visit(path, { colorScheme: 'light', bypassCSP: true })
  if (path.startsWith('/examples/')) await seen.statusLike(/./)
  await seen.page.evaluate(axe)
  expect(await seriousFindings(seen.page)).toEqual([])
  await seen.page.emulateMedia({ colorScheme: 'dark' })
  await seen.page.locator('html.dark').waitFor()
  expect(await seriousFindings(seen.page)).toEqual([])
  await seen.close()
})

test('who asks for the faces by keyboard keeps the focus, at the picture', async () => {
  const seen = await visit('/')
  await seen.page.getByRole('button', { name: 'Find the faces' }).press('Enter')
  await seen.page.locator('canvas.example-picture:focus').waitFor()
  await seen.statusLike(/faces? in/)
  await seen.page.locator('canvas.example-picture:focus').waitFor()
  await seen.close()
})
