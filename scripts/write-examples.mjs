// Writes the programs of examples/ as the recipes of the documentation have them: each titled block of
// code of a recipe becomes a file of the folder of its name. With --check, says what differs instead.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'

const check = process.argv.includes('--check')
const recipes = join(root, 'apps/docs/recipes')
const different = readdirSync(recipes)
  .filter((page) => existsSync(join(root, 'examples', page.replace('.md', ''))))
  .flatMap((page) => programsOf(page))
  .filter(({ path, code }) => !existsSync(path) || readFileSync(path, 'utf8') !== code)
for (const { path, code } of different) {
  if (check) console.log(`${path} is not as its recipe has it: node scripts/write-examples.mjs`)
  else writeFileSync(path, code)
}
process.exitCode = check && different.length > 0 ? 1 : 0

function programsOf(page) {
  const text = readFileSync(join(recipes, page), 'utf8')
  const blocks = text.matchAll(/^```(?:js|tsx?) \[([\w.-]+)\]\n([\s\S]*?)^```$/gm)
  const folder = join(root, 'examples', page.replace('.md', ''))
  return [...blocks].map(([, file, code]) => ({ path: join(folder, file), code }))
}
