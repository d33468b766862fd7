import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from './setup.mjs'

// Files and folders of a package import one another one way, types included: who reads a file
// needs to read only what it imports.
const specifier = /(?:\bfrom|\bimport\()\s*'(\.{1,2}\/[^']+)'/g

const found = readdirSync(join(root, 'packages')).flatMap((name) => {
  const folder = join(root, 'packages', name, 'src')
  const files = importsOf(folder)
  return [...circles(files), ...circles(foldersOf(files))].map(
    (circle) => `${name}: ${circle.map((path) => path || 'src').join(' → ')}`,
  )
})
for (const circle of found) console.log(circle)
process.exitCode = found.length > 0 ? 1 : 0

/** Each file of a folder with the files that it imports, as paths from the folder. */
function importsOf(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => /\.tsx?$/.test(file))
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      const paths = [...text.matchAll(specifier)].map(([, path]) => path)
      return [file, paths.map((path) => relative(folder, join(folder, dirname(file), path)))]
    }),
  )
}

/** Each folder with the folders that its files import; files beside `index.ts` stand for themselves. */
function foldersOf(files) {
  const folderOf = (file) => (dirname(file) === '.' ? file : dirname(file))
  const folders = new Map()
  for (const [file, imports] of files) {
    const from = folderOf(file)
    const others = imports.map(folderOf).filter((to) => to !== from)
    folders.set(from, [...(folders.get(from) ?? []), ...others])
  }
  return folders
}

/** One circle for each group of nodes that reach one another. */
function circles(graph) {
  const done = new Set()
  const found = []
  const visit = (node, path) => {
    const start = path.indexOf(node)
    if (start >= 0) return found.push([...path.slice(start), node])
    if (done.has(node)) return
    for (const next of new Set(graph.get(node))) visit(next, [...path, node])
    done.add(node)
  }
  for (const node of graph.keys()) visit(node, [])
  return found
}
