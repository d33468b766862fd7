// Writes the reference to the folder `reference`: a page for each export of each package and for each
// command.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Application, type Comment, Converter, ReflectionKind } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'
import { readEntries } from './read-entries.ts'
import { writeCommandPages } from './write-command-pages.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
const out = path('../reference/')
const entries = readEntries()
const markdown: Partial<PluginOptions> = {
  entryFileName: 'index',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  expandObjects: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  propertyMembersFormat: 'table',
  tableColumnSettings: { hideModifiers: true, hideInherited: true, hideOverrides: true },
}
const app = await Application.bootstrapWithPlugins({
  entryPoints: entries.map(({ source }) => source),
  tsconfig: path('../tsconfig.reference.json'),
  plugin: ['typedoc-plugin-markdown'],
  outputs: [{ name: 'markdown', path: out }],
  name: 'Reference',
  readme: 'none',
  disableSources: true,
  excludeExternals: true,
  excludePrivate: true,
  excludeInternal: true,
  preservedTypeAnnotationTags: ['@throws'],
  logLevel: 'Warn',
  // `check-types` has looked for errors.
  skipErrorChecking: true,
  ...markdown,
})
app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
  if (!reflection.kindOf(ReflectionKind.Module)) return
  const file = context.getSymbolFromReflection(reflection)?.declarations?.[0]?.getSourceFile()
  const entry = entries.find(({ source }) => source === file?.fileName)
  if (entry) reflection.name = entry.folder
})
app.converter.on(Converter.EVENT_RESOLVE_END, (context) => {
  for (const reflection of Object.values(context.project.reflections)) {
    if (reflection.comment) nameErrors(reflection.comment)
  }
})
const project = await app.convert()
if (!project) throw new Error('The sources could not be read; see above.')
rmSync(out, { recursive: true, force: true })
await app.generateOutputs(project)
if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('See the warnings above.')
for (const { folder, specifier } of entries) rewrite(`${folder}/index.md`, specifier)
rewrite('index.md', 'Reference')
writeCommandPages(`${out}command-line`)

/** Puts the error of `@throws {Error}` before its text. */
function nameErrors({ blockTags }: Comment): void {
  for (const { tag, typeAnnotation, content } of blockTags) {
    const name = typeAnnotation?.replaceAll(/[{}\s]/g, '')
    if (tag === '@throws' && name) content.unshift({ kind: 'code', text: `\`${name}\` ` })
  }
}

/** Gives an index its title, the names that are imported, and a short list of what is passed on. */
function rewrite(file: string, title: string): void {
  const text = readFileSync(out + file, 'utf8')
    .replace(/^# .*$/m, `# ${title}`)
    .replaceAll(/^### .*\n\nRe-exports (\[.*\]\(.*\))\n*(\*\*\*\n*)?/gm, '- $1\n')
    .replace(/^## References$/m, '## Passed on from other packages')
    .replaceAll(/^- \[([\w-]+)\]\(\1\/index\.md\)$/gm, (line, folder) => {
      const entry = entries.find((candidate) => candidate.folder === folder)
      if (!entry) return line
      return `- [\`${entry.specifier}\`](${folder}/index.md): ${entry.description}`
    })
  writeFileSync(out + file, text)
}
