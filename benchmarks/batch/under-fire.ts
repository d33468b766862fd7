import { mkdtemp, readdir, symlink } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runUnderFire, seededRandom } from '../../packages/batch/test/support/run-under-fire.ts'

// 2,000 pictures on two workers, which are killed at twenty random moments, while Redis is stopped and
// S3 fails, hangs and loses answers: every picture has to be in exactly one part.
//
// node --import tsx benchmarks/batch/under-fire.ts FOLDER [seed]

const [folder, seed = '1'] = process.argv.slice(2)
if (!folder) throw new Error('Give a folder of pictures.')
const count = 2000
const found = (await readdir(folder)).filter((name) => name.endsWith('.jpg'))
const pictures = await mkdtemp(join(tmpdir(), 'retinaface-fire-'))
for (let i = 0; i < count; i++) {
  await symlink(resolve(folder, found[i % found.length]!), join(pictures, `${i}.jpg`))
}
const random = seededRandom(Number(seed))
const faults = { '500': 0, lost: 0, hang: 0 }
const result = await runUnderFire({
  pictures,
  shardSize: 50,
  workers: 2,
  kills: 20,
  between: 20_000,
  redisStopped: 5,
  random,
  faultOf: () => {
    const chance = random()
    const fault = chance < 0.05 ? '500' : chance < 0.1 ? 'lost' : chance < 0.11 ? 'hang' : 'none'
    if (fault !== 'none') faults[fault] += 1
    return fault
  },
  log: console.log,
})
const once = new Set(result.files)
console.log({
  code: result.code,
  pictures: count,
  rows: result.files.length,
  lost: count - once.size,
  twice: result.files.length - once.size,
  parts: result.parts,
  shardsDone: result.done,
  seconds: result.seconds,
  requests: Object.fromEntries(result.requests),
  faults,
  load: loadavg(),
})
process.exitCode = once.size === count && result.files.length === count ? 0 : 1
