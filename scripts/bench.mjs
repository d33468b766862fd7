import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { pnpm, root, setUp } from './setup.mjs'

const args = process.argv.slice(2)
setUp()
const packages = ['node', 'web'].map((name) => `--filter=@retinaface/${name}`)
const build = ['exec', 'turbo', 'run', 'build', ...packages, '--output-logs=errors-only']
if (!args.includes('--sources') && pnpm(...build) !== 0) process.exit(1)

const tsx = pathToFileURL(createRequire(`${root}package.json`).resolve('tsx')).href
const bench = `${root}benchmarks/bench.ts`
const options = ['--conditions=@retinaface/source', '--import', tsx, bench, ...args]
const { status } = spawnSync(process.execPath, options, {
  cwd: `${root}benchmarks`,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
