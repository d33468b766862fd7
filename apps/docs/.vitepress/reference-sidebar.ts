import { existsSync, readdirSync } from 'node:fs'
import type { DefaultTheme } from 'vitepress'
import { readEntries } from '../scripts/read-entries.ts'

const reference = new URL('../reference/', import.meta.url)
const kinds: Readonly<Record<string, string>> = {
  functions: 'Functions',
  classes: 'Classes',
  interfaces: 'Interfaces',
  'type-aliases': 'Types',
  variables: 'Constants',
}

/** A sidebar for each package and for the command line, all its exports by kind; `scripts/build-reference.ts` writes the pages. */
export function referenceSidebars(): DefaultTheme.SidebarMulti {
  const entries = readEntries()
  const packages = (open?: string): DefaultTheme.SidebarItem[] =>
    entries.map(({ folder, specifier }) => ({
      text: specifier,
      link: `/reference/${folder}/`,
      ...(folder === open ? { items: exportsOf(folder) } : {}),
    }))
  return {
    '/reference/': [...packages(), { text: 'The command line', link: '/reference/command-line/' }],
    '/reference/command-line/': [...packages(), commandLine()],
    ...Object.fromEntries(entries.map(({ folder }) => [`/reference/${folder}/`, packages(folder)])),
  }
}

function commandLine(): DefaultTheme.SidebarItem {
  const folder = new URL('command-line/', reference)
  const commands = existsSync(folder) ? readdirSync(folder).map((file) => file.slice(0, -3)) : []
  const items = commands
    .filter((name) => name !== 'index')
    .map((name) => ({
      text: name.replace('eval-', 'eval '),
      link: `/reference/command-line/${name}`,
    }))
  return { text: 'The command line', link: '/reference/command-line/', items }
}

function exportsOf(folder: string): DefaultTheme.SidebarItem[] {
  return Object.entries(kinds).flatMap(([kind, text]) => {
    const pages = new URL(`${folder}/${kind}/`, reference)
    if (!existsSync(pages)) return []
    const items = readdirSync(pages).map((file) => {
      const name = file.replace(/\.md$/, '')
      return { text: name, link: `/reference/${folder}/${kind}/${name}` }
    })
    return [{ text, link: `/reference/${folder}/#${kind}`, collapsed: true, items }]
  })
}
