import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type RunningApp, runApp, samplePhoto, type Visit } from '../support/app-visit.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let app: RunningApp
beforeAll(async () => {
  app = await runApp()
})
afterAll(() => app.close())

/** What axe finds serious or critical, as rule and element. */
async function seriousFindings({ page }: Visit): Promise<string[]> {
  await page.evaluate(axe)
  const results = await page.evaluate<AxeResults>('axe.run()')
  expect(results.passes.length).toBeGreaterThan(10)
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}

test.each(['light', 'dark'] as const)(
  'axe finds nothing serious: empty, error, faces and details open, %s',
  async (colorScheme) => {
    const seen = await app.visit({ colorScheme, bypassCSP: true })
    onTestFinished(() => seen.close())
    const { page } = seen
    expect(await seriousFindings(seen)).toEqual([])
    await page.setInputFiles('#files', { name: 'no.jpg', mimeType: '', buffer: Buffer.from('no') })
    await page.locator('#problems').waitFor()
    expect(await seriousFindings(seen)).toEqual([])
    await page.getByRole('button', { name: 'Close' }).click()
    await page.click('#make-up')
    await seen.state('shown')
    await page.locator('#face-list button').nth(1).click()
    for (const details of await page.locator('summary').all()) await details.click()
    expect(await seriousFindings(seen)).toEqual([])
  },
)

test('with the keyboard alone: open a photo, turn it, choose a material and a face, save', async () => {
  const seen = await app.visit({ viewport: { width: 1200, height: 900 } })
  onTestFinished(() => seen.close())
  const { page } = seen
  const focused = () =>
    page.evaluate(() => {
      const inner = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement
      return inner?.id || inner?.ariaLabel || inner?.textContent || ''
    })
  /** Tabs until something has the focus, and sees on the way that the focus is never lost. */
  const tabTo = async (wanted: string | RegExp) => {
    for (let steps = 0; steps < 60; steps++) {
      const name = await focused()
      if (typeof wanted === 'string' ? name === wanted : wanted.test(name)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`${wanted} cannot be reached by the Tab key.`)
  }
  // Asked for well before the key: the browser has to be told first.
  const chooser = page.waitForEvent('filechooser')
  await tabTo('files')
  await page.keyboard.press('Space')
  await (await chooser).setFiles(samplePhoto(5))
  await seen.state('shown')
  await tabTo('5 faces')
  const outline = await page.evaluate(() => {
    const stage = document
      .querySelector('retinaface-viewer')!
      .shadowRoot!.querySelector('[part=stage]')!
    return getComputedStyle(stage).outlineStyle
  })
  expect(outline).toBe('solid')
  await page.keyboard.press('n')
  expect(await focused()).toBe('5 faces, face 1 in focus')
  expect(await page.getAttribute('#face-list button[value="0"]', 'aria-pressed')).toBe('true')
  await page.keyboard.press('Escape')
  await tabTo('Turn left')
  await page.keyboard.press('Space')
  await tabTo(/^Face 3, score/)
  await page.keyboard.press('Enter')
  expect(await page.getAttribute('#face-list button[value="2"]', 'aria-pressed')).toBe('true')
  const material = () => page.getAttribute('retinaface-viewer', 'material')
  for (let steps = 0; steps < 10 && !(await isOnMaterial()); steps++)
    await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  expect(await material()).toBe('photo')
  await tabTo('GLB')
  const saving = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  expect((await saving).suggestedFilename()).toBe('face-3.glb')

  function isOnMaterial(): Promise<boolean> {
    return page.evaluate(() => (document.activeElement as HTMLInputElement)?.name === 'material')
  }
})

test('on a phone nothing is wider than the screen, and targets are large enough', async () => {
  const seen = await app.visit({
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
  })
  onTestFinished(() => seen.close())
  await seen.page.click('#make-up')
  await seen.state('shown')
  const small = await seen.page.evaluate(() => {
    const targets = [
      ...document.querySelectorAll('button, .button, .choices span, summary, select'),
    ]
    const shown = targets.filter((target) => target.checkVisibility())
    return shown
      .map((target) => ({ text: target.textContent, box: target.getBoundingClientRect() }))
      .filter(
        ({ box }) => box.width < 24 || box.height < 24 || box.right > innerWidth || box.left < 0,
      )
      .map(({ text }) => text)
  })
  expect(small).toEqual([])
  expect(await seen.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
})
