import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A door of a package: what its package.json exports and where its source is. */
export interface PackageEntry {
  /** As one imports it. */
  readonly specifier: string
  /** Its package's description. */
  readonly description: string
  /** Its folder in the reference. */
  readonly folder: string
  /** Absolute path of its source. */
  readonly source: string
}

const packages = new URL('../../../packages/', import.meta.url)

/** Every entry of every package. */
export function readEntries(): PackageEntry[] {
  return readdirSync(packages)
    .filter((name) => existsSync(new URL(`${name}/package.json`, packages)))
    .flatMap((name) => {
      const manifest = JSON.parse(
        readFileSync(new URL(`${name}/package.json`, packages), 'utf8'),
      ) as {
        name: string
        description: string
        exports: Record<string, string | Record<string, string>>
      }
      return Object.entries(manifest.exports).flatMap(([path, target]) => {
        const source = typeof target === 'object' ? target['@retinaface/source'] : undefined
        if (!source || !existsSync(new URL(`${name}/${source}`, packages))) return []
        const below = path.slice(2)
        return {
          specifier: [manifest.name, below].filter(Boolean).join('/'),
          description: manifest.description,
          folder: [name, below].filter(Boolean).join('-'),
          source: fileURLToPath(new URL(`${name}/${source}`, packages)),
        }
      })
    })
}
