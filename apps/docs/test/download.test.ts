import { readFileSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { measureDownload } from '../scripts/measure-download.ts'
import { openBrowser } from './support/visit.ts'

const written = JSON.parse(
  readFileSync(new URL('../data/download.json', import.meta.url), 'utf8'),
) as Record<string, number>

test('what is downloaded before the first face is what the performance page says', async () => {
  const measured = await measureDownload(await openBrowser(), inject('site'))
  for (const [part, bytes] of Object.entries(measured)) {
    // Another count needs `pnpm --filter @retinaface/docs measure:download`.
    expect(bytes / written[part]!, part).toBeGreaterThan(0.9)
    expect(bytes / written[part]!, part).toBeLessThan(1.1)
  }
  expect(measured.total).toBeLessThan(9_000_000)
})
