import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root } from './setup.mjs'

// Longer than all tests take on a slow machine; the run is then ended, and its results count.
const limitInMinutes = 70
// Vitest leaves a processor to itself, which on two leaves one to the tests.
const onAll = `--maxWorkers=${availableParallelism()}`
// More failures than this are no accident of a busy machine.
const mostRunAgain = 12

const noTests = { passed: 0, failed: 0, skipped: 0 }

/**
 * Runs every test and returns how many passed, failed and were skipped.
 *
 * Files in which a test failed, or that a run left unfinished, are run once more by themselves, one
 * after the other: on a machine with nothing else to do, what fails is the code. They are named, since
 * a test that needs it is to be mended.
 */
export async function runTests() {
  const first = await runVitest([onAll])
  const total = { ...noTests }
  const again = first.planned.filter((file) => !isOk(first, file))
  for (const file of first.planned) if (isOk(first, file)) add(total, first.results.get(key(file)))
  if (first.unhandled.includes(null) || (again.length === 0 && first.status !== 0)) {
    console.log('FAILED: an error was thrown outside of the tests')
    total.failed += 1
  }
  const isFew = again.length <= mostRunAgain
  for (const file of again) {
    const result = isFew ? await runAlone(file) : first.results.get(key(file))
    add(total, result ?? noTests)
    // A file that does not load or end has no failed test to count.
    if (!result?.ok && !result?.failed) total.failed += 1
    console.log(`${result?.ok ? 'PASSED ONLY ALONE' : 'FAILED'}: ${name(file)}`)
  }
  return total
}

async function runAlone([project, moduleId]) {
  const { status, results } = await runVitest(['--project', project, '--maxWorkers=1', moduleId])
  const result = results.get(key([project, moduleId]))
  return result && { ...result, ok: result.ok && status === 0 }
}

/** True if all of a file's tests passed and nothing was thrown outside of them. */
function isOk({ results, unhandled }, file) {
  return results.get(key(file))?.ok === true && !unhandled.includes(file[1])
}

async function runVitest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'retinaface-test-'))
  const file = join(folder, 'results.ndjson')
  const reporters = ['--reporter=default', '--reporter=./scripts/results-reporter.mjs']
  const status = await runLimited(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args],
    { RETINAFACE_TEST_RESULTS: file },
  )
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  rmSync(folder, { recursive: true })
  const entries = lines.map((line) => JSON.parse(line))
  const planned = entries.find((entry) => entry.planned)?.planned ?? []
  const finished = entries.filter((entry) => entry.file)
  return {
    status,
    planned,
    unhandled: entries.find((entry) => entry.unhandled)?.unhandled ?? [],
    results: new Map(finished.map((entry) => [key(entry.file), entry])),
  }
}

/** Runs a command in a process group of its own, which is ended whole when its time is over. */
async function runLimited(command, args, environment) {
  const env = { ...process.env, ...environment }
  const child = spawn(command, args, { cwd: root, env, detached: true, stdio: ['ignore', 2, 2] })
  const end = () => process.kill(-child.pid, 'SIGKILL')
  const timer = setTimeout(end, limitInMinutes * 60_000)
  const interrupt = () => {
    end()
    process.exit(130)
  }
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  const [status] = await once(child, 'exit')
  clearTimeout(timer)
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  return status
}

function add(total, { passed, failed, skipped }) {
  total.passed += passed
  total.failed += failed
  total.skipped += skipped
}

function key(file) {
  return file.join('\n')
}

function name([project, moduleId]) {
  return `${project}: ${relative(root, moduleId)}`
}
