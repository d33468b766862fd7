import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { readCodeBlocks } from './support/code-blocks.ts'

// Inside the package, so that the blocks import what it imports.
const folder = fileURLToPath(new URL('../.vitepress/cache/code-types/', import.meta.url))

test('every block of code of the pages type-checks, each by itself', () => {
  const blocks = readCodeBlocks()
  expect(blocks.length).toBeGreaterThan(10)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const places = new Map(
    blocks.map(({ place, language, code }, i) => {
      const file = `${folder}block-${i}.${language === 'js' ? 'mjs' : language}`
      // A block without an import is a module all the same.
      writeFileSync(file, `${code}\nexport {}\n`)
      return [file, place]
    }),
  )
  const program = ts.createProgram([...places.keys()], {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ['@retinaface/source'],
    types: ['node'],
    jsx: ts.JsxEmit.ReactJSX,
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  })
  const problems = [...places].flatMap(([file, place]) => {
    const source = program.getSourceFile(file)
    return ts.getPreEmitDiagnostics(program, source).map(({ messageText, start = 0 }) => {
      const line = source!.getLineAndCharacterOfPosition(start).line + 1
      return `${place}, line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
  })
  expect(problems).toEqual([])
})
