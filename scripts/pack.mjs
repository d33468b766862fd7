import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { packages } from './packages.mjs'
import { pnpm, root } from './setup.mjs'

/** Packs every package, as it would be published, into a folder. Returns the tarballs' paths. */
export function packAll(folder) {
  mkdirSync(folder, { recursive: true })
  for (const { folder: from } of packages) {
    const status = pnpm('--dir', join(root, from), 'pack', '--pack-destination', folder)
    if (status !== 0) throw new Error(`Packing ${from} failed; see above. Is it built?`)
  }
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tgz'))
    .map((name) => join(folder, name))
}
