import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { contentSecurityPolicy, headersFile } from './headers.ts'

const serviceWorker = fileURLToPath(new URL('service-worker.ts', import.meta.url))

/** Adds to a built site what depends on all of it: the headers for its host, and its service worker. */
export function finishSite(folder: string): void {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length))
    .toSorted()
  const pages = files.filter((file) => file.endsWith('.html'))
  const policy = contentSecurityPolicy(pages.map((file) => readFileSync(folder + file, 'utf8')))
  writeFileSync(join(folder, '_headers'), headersFile(policy))
  writeFileSync(join(folder, 'sw.js'), serviceWorkerScript(folder, files.filter(isKept)))
}

const weights = /\.(onnx|safetensors)$/
// Of the default network and its mesh branch.
const keptWeights =
  /\/(retinaface-500m|retinaface-500m-landmarks|retinaface-500m-dense-head|mesh-decoder|face-topology)\./

/** What a visitor keeps for the time without a network: all but what few pages or no example needs. */
function isKept(file: string): boolean {
  const isSeldom = /^\/(_headers|sw\.js|404\.html|reference\/)|\/reference_|\.map$/.test(file)
  const isOther = /\/ort-/.test(file) || (weights.test(file) && !keptWeights.test(file))
  return !isSeldom && !isOther
}

function serviceWorkerScript(folder: string, files: readonly string[]): string {
  const version = createHash('sha256')
  for (const file of files) version.update(file).update(readFileSync(folder + file))
  const constants = {
    VERSION: version.digest('hex').slice(0, 16),
    FILES: files.map((file) => file.replace(/(^|\/)index\.html$|\.html$/, '$1')),
  }
  const declarations = Object.entries(constants).map(
    ([name, value]) => `const ${name} = ${JSON.stringify(value)}\n`,
  )
  const { outputText } = ts.transpileModule(readFileSync(serviceWorker, 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Preserve },
  })
  return declarations.join('') + outputText.replaceAll(/^export \{\};?\n/gm, '')
}
