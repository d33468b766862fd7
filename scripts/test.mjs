import { existsSync } from 'node:fs'
import { runTests } from './run-tests.mjs'
import { collect, packageManager, run, setUp } from './setup.mjs'

const build = [
  'build, package and type checks, documentation site',
  ...['npx', '--yes', packageManager, 'exec', 'turbo', 'run'],
  ...['build', 'build:site', 'check-types', '--output-logs=errors-only'],
]
const checksOfSources = [
  ['lint and format', 'biome', 'check', '--error-on-warnings', '.'],
  ['circles between files or folders', 'node', 'scripts/check-circles.mjs'],
  ['fields of package.json', 'node', 'scripts/package-fields.mjs'],
  ['examples, as the recipes have them', 'node', 'scripts/write-examples.mjs', '--check'],
  ['workflows', 'node', 'scripts/check-workflows.mjs'],
  ['licences and advisories of dependencies', 'node', 'scripts/check-dependencies.mjs'],
]
const checksOfBuild = [
  ['unused files, exports and dependencies', 'knip'],
  ['public surface, as docs/api has it', 'node', 'scripts/api-report.mjs'],
]
const sizes = ['bundle sizes', 'size-limit']

setUp()
install({ chromium: 'browser', ffmpeg: 'video', 'redis-server': 'queue' })
const checked = [
  ...(await Promise.all([[build], checksOfSources].map(runInOrder))).flat(),
  ...(await Promise.all([[sizes], checksOfBuild].map(runInOrder))).flat(),
]
const tests = await runTests()
const passed = checked.filter(Boolean).length + tests.passed
const failed = checked.filter((ok) => !ok).length + tests.failed
const { skipped } = tests
const skippedPart = skipped > 0 ? `, ${skipped} skipped` : ''
console.log(`${passed} passed, ${failed} failed${skippedPart}`)
process.exitCode = failed > 0 ? 1 : 0

/** Runs checks one after the other, and tells of each, with what it printed, when it ends. */
async function runInOrder(list) {
  const results = []
  for (const [name, command, ...args] of list) {
    const { status, output } = await collect(command, args)
    process.stderr.write(output)
    console.log(`${status === 0 ? 'ok' : 'FAILED'}: ${name}`)
    results.push(status === 0)
  }
  return results
}

/** Tests drive Debian's Chromium, FFmpeg and Redis; a machine that lacks some gets them. */
function install(kinds) {
  const isMissing = (name) => !existsSync(`/usr/bin/${name}`)
  const missing = Object.keys(kinds).filter(isMissing)
  if (missing.length === 0) return
  const prefix = process.getuid() === 0 ? [] : ['sudo', '-n']
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', ...args]
    return run(command, rest, { DEBIAN_FRONTEND: 'noninteractive' })
  }
  apt('update', '-qq')
  apt('install', '-y', '-qq', '--no-install-recommends', ...missing)
  for (const name of missing.filter(isMissing)) {
    const expected = `Expected /usr/bin/${name}.`
    console.log(`${name} could not be installed; the ${kinds[name]} tests will fail. ${expected}`)
  }
}
