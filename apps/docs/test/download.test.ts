import { readFileSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { measureDownload } from '../scripts/measure-download.ts'
import { openBrowser } from './support/visit.ts'

const written = JSON.parse(
  readFileSync(new URL('../data/download.json', import.meta.url), 'utf8'),
) as Record<string, number>

test('what is downloaded before the first face is what the performance page says', async () => {
  const measured = await measureDownload(await openBrowser(), inject('site'))
  expect(Object.keys(measured)).toEqual(Object.keys(written))
  // Another count needs `pnpm --filter @retinaface/docs measure:download`.
  expect(measured.total / written.total!).toBeGreaterThan(0.85)
  expect(measured.total / written.total!).toBeLessThan(1.15)
  expect(measured.total).toBeLessThan(2_000_000)
})
