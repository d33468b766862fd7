import { readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** A file that may be served. */
export interface ServedFile {
  readonly path: string
  readonly bytes: number
}

/**
 * The files of a folder by their address, as in `/assets/main.js`; `/` is its `index.html`.
 *
 * Only these are ever served, so no address leads out of the folder.
 *
 * @throws if the folder cannot be read
 */
export function listFiles(folder: string): ReadonlyMap<string, ServedFile> {
  const files = new Map<string, ServedFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // Links are left out: they could lead anywhere.
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const address = `/${relative(folder, path).split(sep).join('/')}`
    files.set(address, { path, bytes: statSync(path).size })
  }
  const index = files.get('/index.html')
  if (index) files.set('/', index)
  return files
}
