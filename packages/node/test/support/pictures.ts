import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import sharp, { type Sharp } from 'sharp'

const require = createRequire(import.meta.url)

/** A photograph of people at tables, 1920×1280: one of the six that `@vladmandic/face-api` ships. */
export function samplePhoto(number: 1 | 2 | 3 | 4 | 5 | 6): string {
  const manifest = require.resolve('@vladmandic/face-api/package.json')
  return join(dirname(manifest), 'demo', `sample${number}.jpg`)
}

/** Four flat quarters in red, green, blue and white, 24×16: every orientation looks different. */
export function quarters(): Sharp {
  const quarter = (left: number, top: number, background: string) => ({
    input: { create: { width: 12, height: 8, channels: 3 as const, background } },
    left,
    top,
  })
  return sharp({ create: { width: 24, height: 16, channels: 3, background: '#ffffff' } })
    .composite([
      quarter(0, 0, '#ff0000'),
      quarter(12, 0, '#00ff00'),
      quarter(0, 8, '#0000ff'),
      quarter(12, 8, '#ffffff'),
    ])
    .removeAlpha()
}
