import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  ['bundle sizes', 'size-limit'],
]

setUp()
installChromium()
let passed = 0
let failed = 0
let skipped = 0
for (const [name, ...command] of checks) {
  const ok = pnpm('exec', ...command) === 0
  console.log(`${ok ? 'ok' : 'FAILED'}: ${name}`)
  if (ok) passed += 1
  else failed += 1
}
runTests()
const skippedPart = skipped > 0 ? `, ${skipped} skipped` : ''
console.log(`${passed} passed, ${failed} failed${skippedPart}`)
process.exitCode = failed > 0 ? 1 : 0

/** The browser tests drive Debian's Chromium; a machine that has none gets it. */
function installChromium() {
  if (existsSync('/usr/bin/chromium')) return
  const prefix = process.getuid() === 0 ? [] : ['sudo', '-n']
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'apt-get', ...args]
    return run(command, rest, { DEBIAN_FRONTEND: 'noninteractive' }) === 0
  }
  if (apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', 'chromium'))
    return
  console.log(
    'Chromium could not be installed; the browser tests will fail. Expected /usr/bin/chromium.',
  )
}

function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'retinaface-test-'))
  const file = join(folder, 'results.json')
  const status = pnpm(
    'exec',
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${file}`,
  )
  try {
    const results = JSON.parse(readFileSync(file, 'utf8'))
    passed += results.numPassedTests
    failed += results.numFailedTests
    skipped += results.numPendingTests
    // A file that does not load has no failed test to count.
    if (status !== 0 && results.numFailedTests === 0) failed += 1
  } catch {
    console.log('FAILED: the tests did not run to their end')
    failed += 1
  }
  rmSync(folder, { recursive: true })
}
