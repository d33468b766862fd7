import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'

/** The packages that are published, as `{ name, folder, manifest }`, with the folder from the root. */
export const packages = readdirSync(join(root, 'packages'))
  .map((name) => ({ name, folder: `packages/${name}` }))
  .filter(({ folder }) => existsSync(join(root, folder, 'package.json')))
  .map((entry) => ({ ...entry, manifest: readManifest(entry.folder) }))
  .filter(({ manifest }) => !manifest.private)

/** The package.json of a folder of the repository. */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
}
