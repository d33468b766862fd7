import { expect, test } from 'vitest'
import { visit } from './support/visit.ts'

const places = {
  createRetinaFace: /reference\/(node|web)\/functions\/createRetinaFace/,
  WorkerLostError: /reference\/core\/classes\/WorkerLostError/,
  scoreThreshold: /guide\/options-and-errors#option-scoreThreshold/,
  inputSize: /guide\/options-and-errors#option-inputSize/,
  turns: /guide\/options-and-errors#option-turns/,
  '--keep': /reference\/command-line\/blur#option-keep/,
}

test('the search leads from public names and options to where they are explained', async () => {
  const { page, complaints, close } = await visit('/faq')
  await page.getByRole('button', { name: 'Search' }).click()
  const results = page.locator('.VPLocalSearchBox .result')
  for (const [name, place] of Object.entries(places)) {
    await page.locator('.VPLocalSearchBox .search-input').fill(name)
    const found = () => results.evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))
    await expect
      .poll(async () => (await found()).slice(0, 3), { message: name })
      .toContainEqual(expect.stringMatching(place))
  }
  await page.goto(new URL('/guide/options-and-errors#option-turns', page.url()).href)
  const row = page.locator('tr#option-turns')
  await row.waitFor()
  expect(await row.locator('code').first().textContent()).toBe('turns')
  expect(complaints).toEqual([])
  await close()
})
