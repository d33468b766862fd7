import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const folder = new URL('../peers/', import.meta.url)

/** Where a file of an installed peer lies, `path` as in `face-api.js/package.json`. */
export function peerPath(path: string): string {
  return fileURLToPath(new URL(`node_modules/${path}`, folder))
}

/**
 * Loads a peer's module for Node.js by its name or by {@link peerPath}. Types come from here, as the
 * peers are not installed where nothing is compared with them.
 */
export function loadPeer<Module>(name: string): Module {
  return createRequire(new URL('package.json', folder))(name) as Module
}
