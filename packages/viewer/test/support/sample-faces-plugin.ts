import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Plugin } from 'vite'
import { bundleForNode } from '../../../../fixtures/bundle-for-node.ts'

const source = fileURLToPath(new URL('find-faces.ts', import.meta.url))
const folder = fileURLToPath(new URL('../../node_modules/.cache/sample-faces', import.meta.url))
const found = new Map<string, Promise<string>>()
let bundled: Promise<void> | undefined

/** Serves what `@retinaface/node` finds in a sample photo, computed when it is first asked for. */
export const sampleFaces: Plugin = {
  name: 'sample-faces',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      const number = /^\/sample-faces\/([1-6])$/.exec(request.url ?? '')?.[1]
      if (!number) return next()
      findOnce(number).then(
        (json) => response.writeHead(200, { 'Content-Type': 'application/json' }).end(json),
        (error: unknown) => response.writeHead(500).end(String(error)),
      )
    })
  },
}

function findOnce(number: string): Promise<string> {
  const known = found.get(number)
  if (known) return known
  const begun = find(number)
  found.set(number, begun)
  return begun
}

async function find(number: string): Promise<string> {
  bundled ??= bundleForNode({ 'find-faces': source }, folder)
  await bundled
  const args = [join(folder, 'find-faces.mjs'), number]
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 28 })
  return stdout
}
