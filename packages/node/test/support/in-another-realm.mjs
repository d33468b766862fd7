// Run as a child process with the built package and --experimental-vm-modules: loads the package in a
// context of its own, as Jest does, and finds faces there; then gives it bytes and pixels of a context.

import { existsSync, readFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createContext, runInContext, SourceTextModule, SyntheticModule } from 'node:vm'

const [way, photo] = process.argv.slice(2)
const entry = fileURLToPath(import.meta.resolve('@retinaface/node'))

if (way === 'values') {
  const { createRetinaFace } = await import('@retinaface/node')
  await findFaces(createRetinaFace, createContext({}))
} else {
  const given = { Buffer, URL, AbortController, AbortSignal, TextDecoder, TextEncoder, performance }
  const { setTimeout, clearTimeout, crypto, console } = globalThis
  // A copy, as Jest makes it: what is written to its environment stays there.
  const copy = Object.create(process, { env: { value: { ...process.env } } })
  const context = createContext({
    ...given,
    setTimeout,
    clearTimeout,
    crypto,
    console,
    process: copy,
  })
  const { namespace } = await load(entry, context, new Map())
  await findFaces(namespace.createRetinaFace, context)
}

async function findFaces(createRetinaFace, context) {
  const retinaface = await createRetinaFace({ threads: 1 })
  const toRealm = runInContext('values => new Uint8Array(values)', context)
  const bytes = toRealm(readFileSync(photo))
  const sources = [photo, bytes, bytes.buffer, pathToFileURL(photo)]
  for (const source of sources) {
    const faces = await retinaface.detect(source)
    if (faces.length !== 3) throw new Error(`${faces.length} faces were found.`)
  }
  const pixels = { data: toRealm(new Uint8Array(48)), width: 4, height: 4, channels: 3 }
  await retinaface.detect(pixels)
  await retinaface.dispose()
}

/** Evaluates a module and those it imports in a context; what Node.js has built in stays outside. */
async function load(file, context, known) {
  const module = link(file, context, known)
  await module.link((specifier, { identifier }) => {
    const required = createRequire(identifier)
    if (isBuiltin(specifier)) return outside(required(specifier), context)
    if (specifier.startsWith('.')) {
      return link(fileURLToPath(new URL(specifier, pathToFileURL(identifier))), context, known)
    }
    const file = required.resolve(specifier)
    if (isCommonJs(file)) return outside(required(specifier), context)
    return link(file, context, known)
  })
  await module.evaluate()
  return module
}

function isCommonJs(file) {
  if (file.endsWith('.mjs')) return false
  let folder = dirname(file)
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).type !== 'module'
}

function link(file, context, known) {
  const identifier = file
  const initializeImportMeta = (meta) => {
    meta.url = pathToFileURL(file).href
  }
  const text = known.get(file) ?? readFileSync(file, 'utf8')
  const module =
    text instanceof Object
      ? text
      : new SourceTextModule(text, { identifier, context, initializeImportMeta })
  known.set(file, module)
  return module
}

function outside(exports, context) {
  const names = [...new Set(['default', ...Object.keys(exports)])]
  return new SyntheticModule(
    names,
    function () {
      for (const name of names) this.setExport(name, name === 'default' ? exports : exports[name])
    },
    { context },
  )
}
