import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PackagedFile } from '../packages/models/src/model-entry.ts'

/**
 * Reads a file of an npm package.
 *
 * @param from `import.meta.url` of a module whose package depends on it
 * @throws if it is not the expected one.
 */
export async function readPackaged(source: PackagedFile, from: string): Promise<Uint8Array> {
  const manifest = createRequire(from).resolve(`${source.package}/package.json`)
  const bytes = await readFile(join(dirname(manifest), source.file))
  const actual = createHash('sha256').update(bytes).digest('hex')
  if (actual === source.sha256) return bytes
  throw new Error(
    `Expected ${source.file} of ${source.package}@${source.version} with SHA-256 ${source.sha256} but found ${actual}. Was another version installed?`,
  )
}
