import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { expect, test } from 'vitest'
import { readExamples } from '../.vitepress/read-examples.ts'
import { visit } from './support/visit.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const kinds = [
  '/',
  '/guide/coordinate-frames',
  '/model-cards/mesh',
  '/reference/',
  '/reference/core/interfaces/DetectOptions',
  '/reference/core/classes/RetinaFace',
  ...readExamples().map(({ name }) => `/examples/${name}`),
]

/** What axe finds serious or critical in a page, as rule and element. */
async function seriousFindings(path: string, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const seen = await visit(path, { colorScheme, bypassCSP: true })
  if (path.startsWith('/examples/')) await seen.statusLike(/./)
  await seen.page.evaluate(axe)
  const results = await seen.page.evaluate<AxeResults>('axe.run()')
  await seen.close()
  expect(results.passes.length).toBeGreaterThan(10)
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}

test.for(kinds)('axe finds nothing serious in %s, light and dark', async (path) => {
  expect(await seriousFindings(path, 'light')).toEqual([])
  expect(await seriousFindings(path, 'dark')).toEqual([])
})
