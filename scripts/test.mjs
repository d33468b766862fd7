import { existsSync } from 'node:fs'
import { runTests } from './run-tests.mjs'
import { pnpm, run, setUp } from './setup.mjs'

const checks = [
  ['lint and format', 'biome', 'check', '--error-on-warnings', '.'],
  [
    'build, package and type checks, documentation site',
    'turbo',
    'run',
    'build',
    'build:site',
    'check-types',
    '--output-logs=errors-only',
  ],
  ['unused files, exports and dependencies', 'knip'],
  ['circles between files or folders', 'node', 'scripts/check-circles.mjs'],
  ['public surface, as docs/api has it', 'node', 'scripts/api-report.mjs'],
  ['bundle sizes', 'size-limit'],
  ['fields of package.json', 'node', 'scripts/package-fields.mjs'],
  ['examples, as the recipes have them', 'node', 'scripts/write-examples.mjs', '--check'],
  ['workflows', 'node', 'scripts/check-workflows.mjs'],
  ['licences and advisories of dependencies', 'node', 'scripts/check-dependencies.mjs'],
]

setUp()
install('/usr/bin/chromium', 'chromium', 'browser')
install('/usr/bin/ffmpeg', 'ffmpeg', 'video')
install('/usr/bin/redis-server', 'redis-server', 'queue')
let checksPassed = 0
let checksFailed = 0
for (const [name, ...command] of checks) {
  const ok = pnpm('exec', ...command) === 0
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`)
  if (ok) checksPassed += 1
  else checksFailed += 1
}
const tests = await runTests()
const passed = checksPassed + tests.passed
const failed = checksFailed + tests.failed
const { skipped } = tests
const skippedPart = skipped > 0 ? `, ${skipped} skipped` : ''
console.log(`${passed} passed, ${failed} failed${skippedPart}`)
process.exitCode = failed > 0 ? 1 : 0

/** Tests drive Debian's Chromium, FFmpeg and Redis; a machine that has none gets them. */
function install(path, name, kind) {
  if (existsSync(path)) return
  const prefix = process.getuid() === 0 ? [] : ['sudo', '-n']
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', ...args]
    return run(command, rest, { DEBIAN_FRONTEND: 'noninteractive' }) === 0
  }
  if (apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', name)) return
  console.log(`${name} could not be installed; the ${kind} tests will fail. Expected ${path}.`)
}
