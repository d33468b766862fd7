import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** A real photograph of people, 1920 pixels wide: one of the six that `@vladmandic/face-api` ships. */
export function samplePhoto(number: 1 | 2 | 3 | 4 | 5 | 6): string {
  const manifest = require.resolve('@vladmandic/face-api/package.json')
  return join(dirname(manifest), 'demo', `sample${number}.jpg`)
}
