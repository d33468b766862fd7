import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { readEntries } from '../scripts/read-entries.ts'
import { SITE_FOLDER } from './support/site-folder.ts'

const entries = readEntries()
const program = ts.createProgram(
  entries.map(({ source }) => source),
  {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    customConditions: ['@retinaface/source'],
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  },
)

/** The names that a module exports, read by the compiler and not by what writes the reference. */
function exportsOf(source: string): string[] {
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(program.getSourceFile(source)!)
  return module ? checker.getExportsOfModule(module).map(({ name }) => name) : []
}

test.for(entries)('$specifier: every export has a page', ({ folder, source }) => {
  const names = exportsOf(source)
  expect(names.length).toBeGreaterThan(0)
  const index = join(SITE_FOLDER, 'reference', folder, 'index.html')
  const html = readFileSync(index, 'utf8')
  const pages = new Map(
    [...html.matchAll(/<a href="([^"#]*?)"[^>]*>(?:<code>)?([\w$]+)/g)].map(([, href, name]) => [
      name!,
      href!,
    ]),
  )
  const missing = names.filter((name) => {
    const href = pages.get(name)
    if (!href) return true
    const file = href.startsWith('/') ? join(SITE_FOLDER, href) : join(dirname(index), href)
    return !existsSync(`${file}.html`)
  })
  expect(missing).toEqual([])
})
