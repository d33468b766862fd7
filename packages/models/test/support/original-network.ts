import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PackagedModel } from '../../src/index.ts'

/** The bytes of the file that a detector is made from. */
export function originalNetwork({ source }: PackagedModel): Uint8Array {
  const manifest = createRequire(import.meta.url).resolve(`${source.package}/package.json`)
  return readFileSync(join(dirname(manifest), source.file))
}
