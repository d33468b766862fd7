import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { pnpm, root, run, setUp } from './setup.mjs'

const args = process.argv.slice(2)
const isComparison = args.includes('--against')
setUp()
if (!isComparison) installPeers()
const packages = ['node', 'web'].map((name) => `--filter=@retinaface/${name}`)
const build = ['exec', 'turbo', 'run', 'build', ...packages, '--output-logs=errors-only']
if (!args.includes('--sources') && pnpm(...build) !== 0) process.exit(1)

const tsx = pathToFileURL(createRequire(`${root}package.json`).resolve('tsx')).href
const bench = `${root}benchmarks/${isComparison ? 'against.ts' : 'bench.ts'}`
const options = ['--conditions=@retinaface/source', '--import', tsx, bench, ...args]
const { status } = spawnSync(process.execPath, options, {
  cwd: `${root}benchmarks`,
  stdio: 'inherit',
})
process.exitCode = status ?? 1

/**
 * The packages that are compared with take 440 MB, so they are installed here and not with everything
 * else. None of them runs a script; without them the benchmarks say so and go on.
 */
function installPeers() {
  const folder = `${root}benchmarks/peers/`
  const marker = `${folder}node_modules/.package-lock.json`
  const lockfile = `${folder}package-lock.json`
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lockfile).mtimeMs) return
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund']
  if (run('npm', ['ci', '--prefix', folder, ...quiet]) !== 0) {
    console.error('The packages to compare with could not be installed; going on without them.')
  }
}
