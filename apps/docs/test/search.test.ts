import { expect, test } from 'vitest'
import { visit } from './support/visit.ts'

const expected = {
  createRetinaFace: 'Function: createRetinaFace()',
  hideFaces: 'Function: hideFaces()',
  ARCFACE_TEMPLATE: 'Variable: ARCFACE_TEMPLATE',
  WorkerLostError: 'Class: WorkerLostError',
  scoreThreshold: 'When a picture is looked at',
  nmsThreshold: 'When a picture is looked at',
}

test('the search finds public names and options first where they are explained', async () => {
  const { page, complaints, close } = await visit('/faq')
  await page.getByRole('button', { name: 'Search' }).click()
  const field = page.locator('.VPLocalSearchBox .search-input')
  const best = page.locator('.VPLocalSearchBox .result').first()
  for (const [name, title] of Object.entries(expected)) {
    await field.fill(name)
    await best.filter({ hasText: title }).waitFor()
  }
  expect(complaints).toEqual([])
  await close()
})
