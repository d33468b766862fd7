import { readFile } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Human, type HumanParts, humanConfig } from './human-config.ts'
import { loadPeer, peerPath } from './peer-path.ts'

/** Human for Node.js on WebAssembly. */
export function createHuman(parts: HumanParts, wasmFolder: string): Human {
  readFilesByFetch()
  const file = peerPath('@vladmandic/human/dist/human.node-wasm.js')
  const { Human: Class } = loadPeer<{ Human: new (config: object) => Human }>(file)
  const models = pathToFileURL(peerPath('@vladmandic/human/models/')).href
  return new Class(humanConfig(parts, models, wasmFolder))
}

/** This build of Human fetches its models; Node.js fetches no files. */
function readFilesByFetch(): void {
  const { fetch } = globalThis
  globalThis.fetch = async (input, init) => {
    const url = String(input)
    return url.startsWith('file:')
      ? new Response(await readFile(fileURLToPath(url)))
      : fetch(input, init)
  }
}
