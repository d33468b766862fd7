// Tries the packed packages as users have them: node scripts/try-packed.mjs [part of a trial's name].
// Takes minutes and fetches other runtimes, so it runs in the workflows and not in the tests.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packAll } from './pack.mjs'
import { examples } from './trials/examples.mjs'
import { managers } from './trials/managers.mjs'
import { nextServer } from './trials/next-server.mjs'
import { runtimes } from './trials/runtimes.mjs'
import { types } from './trials/types.mjs'

const [wanted = ''] = process.argv.slice(2)
const trials = Object.entries({ ...managers, ...runtimes, ...types, ...nextServer, ...examples })
const chosen = trials.filter(([name]) => name.toLowerCase().includes(wanted.toLowerCase()))
if (chosen.length === 0) {
  const names = trials.map(([name]) => name).join(', ')
  throw new Error(`No trial has "${wanted}" in its name; there are ${names}.`)
}

const folder = mkdtempSync(join(tmpdir(), 'retinaface-trials-'))
// One trial runs as another user.
chmodSync(folder, 0o755)
const tarballs = packAll(join(folder, 'packed'))
let failed = 0
for (const [index, [name, trial]] of chosen.entries()) {
  try {
    await trial(join(folder, `trial-${index}`), tarballs)
    console.log(`ok: ${name}`)
  } catch (error) {
    failed += 1
    console.log(`FAILED: ${name}: ${error.message}`)
  }
}
rmSync(folder, { recursive: true, force: true })
console.log(`Node.js ${process.version}: ${chosen.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
