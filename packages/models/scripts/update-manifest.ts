import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { generateAssets, PACKAGE_ROOT } from './generate-assets.ts'
import { sha256 } from './sha256.ts'

/** Trained by this project and committed, each file of `weights` with a model card, beside licences. */
async function readWeights(): Promise<[path: string, bytes: Uint8Array][]> {
  const folder = new URL('weights/', PACKAGE_ROOT)
  if (!existsSync(folder)) return []
  const files = (await readdir(folder)).filter((file) => !file.endsWith('.txt')).sort()
  const weights: [string, Uint8Array][] = []
  for (const file of files) weights.push([`weights/${file}`, await readFile(new URL(file, folder))])
  return weights
}

const files = [...(await generateAssets()), ...(await readWeights())]
const lines = files.map(([path, bytes]) => {
  const file = path.slice(path.lastIndexOf('/') + 1)
  return `  '${path}': {\n    file: '${file}',\n    bytes: ${bytes.length},\n    sha256: '${sha256(bytes)}',\n  },\n`
})
const text = `/** Name, size and SHA-256 of every file of this package, as \`update:manifest\` found them. */
export const CHECKSUMS = {
${lines.join('')}} as const
`
await writeFile(new URL('src/checksums.ts', PACKAGE_ROOT), text)
