import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { pathToFileURL } from 'node:url'
import { root, setUp } from './setup.mjs'

setUp()
const tsx = pathToFileURL(createRequire(`${root}package.json`).resolve('tsx')).href
const main = `${root}packages/cli/src/main.ts`
const options = ['--conditions=@retinaface/source', '--import', tsx]
// npm runs scripts from the package's folder; paths on the command line are meant from the user's.
const cwd = process.env.INIT_CWD ?? process.cwd()
const child = spawn(process.execPath, [...options, main, ...process.argv.slice(2)], {
  cwd,
  stdio: 'inherit',
})
// The terminal sends Ctrl-C to the child as well; it decides how to stop.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + constants.signals[signal]
})
