// Compares what each package gives its users, as the built declarations say, with the reports in docs/api,
// so that no change of the public surface goes unseen. `--update` writes the reports.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import ts from 'typescript'

const folder = 'docs/api'
const printer = ts.createPrinter({ removeComments: true })

const reports = new Map(readdirSync('packages').flatMap(reportsOf))
const known = new Set(readdirSync(folder))

if (process.argv.includes('--update')) {
  rmSync(folder, { recursive: true })
  mkdirSync(folder)
  for (const [name, report] of reports) writeFileSync(join(folder, name), report)
} else {
  const changes = [...new Set([...reports.keys(), ...known])].flatMap(changesOf)
  if (changes.length > 0) {
    console.error(`The public surface changed:\n${changes.join('\n')}`)
    console.error('Build, run `node scripts/api-report.mjs --update`, and commit docs/api with it.')
    process.exitCode = 1
  }
}

/** The reports of a package's entry points, by their file's name. */
function reportsOf(directory) {
  const root = join('packages', directory)
  const { name, private: isPrivate, exports } = readJson(join(root, 'package.json'))
  if (isPrivate) return []
  return Object.entries(exports).flatMap(([path, { types }]) => {
    if (!types) return []
    const entry = path === '.' ? name : `${name}/${path.slice(2)}`
    const file = `${entry.replace('@retinaface/', '').replace('/', '-')}.api.md`
    return [[file, `# ${entry}\n\n\`\`\`ts\n${surfaceOf(join(root, types))}\n\`\`\`\n`]]
  })
}

/** The declarations of an entry point and of the files that it shares with others, and what it exports. */
function surfaceOf(entry) {
  const files = withShared(entry)
  const declarations = files.flatMap(({ statements }) =>
    statements.filter(isDeclaration).map(print),
  )
  const exported = files[0].statements.filter(ts.isExportDeclaration).flatMap(exportedNames)
  return [
    ...new Set(declarations.sort()),
    ...exported.sort().map((name) => `export { ${name} }`),
  ].join('\n')
}

function withShared(path, seen = new Set()) {
  if (seen.has(path)) return []
  seen.add(path)
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const shared = file.statements
    .map(({ moduleSpecifier }) => moduleSpecifier?.text)
    .filter((from) => from?.startsWith('./'))
    .map((from) => join(dirname(path), from.replace(/(\.d)?\.[jt]s$/, '.d.ts')))
  return [file, ...shared.flatMap((from) => withShared(from, seen))]
}

function isDeclaration(statement) {
  return !ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)
}

/** What a statement exports, and where it is of another package. */
function exportedNames({ exportClause, moduleSpecifier }) {
  const from = moduleSpecifier?.text ?? '.'
  const origin = from.startsWith('.') ? '' : ` from ${from}`
  if (!exportClause) return [`*${origin}`]
  return exportClause.elements.map(({ name }) => name.text + origin)
}

/** A declaration without comments and without what is private to a class. */
function print(statement) {
  const { transformed } = ts.transform(statement, [
    (context) => (node) => {
      const visit = (part) =>
        isPrivate(part) ? undefined : ts.visitEachChild(part, visit, context)
      return ts.visitNode(node, visit)
    },
  ])
  return printer.printNode(ts.EmitHint.Unspecified, transformed[0], statement.getSourceFile())
}

function isPrivate(node) {
  if (!ts.isClassElement(node)) return false
  const isHidden = node.name && ts.isPrivateIdentifier(node.name)
  return isHidden || node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)
}

/** The lines that are gone from a report and those that are new. */
function changesOf(name) {
  const before = known.has(name) ? readFileSync(join(folder, name), 'utf8').split('\n') : []
  const after = reports.get(name)?.split('\n') ?? []
  if (before.join('\n') === after.join('\n')) return []
  const gone = before.filter((line) => !after.includes(line)).map((line) => `- ${line}`)
  const added = after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`)
  return [`${basename(name)}:`, ...gone, ...added]
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}
