// Compares this checkout with another commit, in turns: npm run bench -- --against REV [--rounds 30]
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { measureWarm } from './measure/measure-warm.ts'
import { makePictureSets } from './pictures/picture-sets.ts'
import type { ContenderSpec } from './protocol/contender-spec.ts'
import { buildContenders } from './protocol/start-contender.ts'
import { environmentSince, load } from './report/environment.ts'
import { printRow } from './report/print-row.ts'
import { isSlower } from './report/slower.ts'
import { type OwnOptions, ours } from './rows/node-contenders.ts'
import { checkOut } from './support/check-out.ts'

process.env.ORT_DISABLE_TELEMETRY ??= '1'

const { values } = parseArgs({
  options: { against: { type: 'string' }, rounds: { type: 'string', default: '40' } },
})
if (!values.against) throw new Error('Expected a commit: npm run bench -- --against main~1')
const rounds = Number(values.rounds)
if (!(Number.isInteger(rounds) && rounds > 0)) {
  throw new Error(`Expected --rounds to be a positive integer but received ${values.rounds}.`)
}

const cases: readonly { what: string; set: 'small' | 'large'; options: OwnOptions }[] = [
  { what: '640×480 JPEG', set: 'small', options: { threads: 1 } },
  { what: '640×480 JPEG, int8', set: 'small', options: { threads: 1, precision: 'int8' } },
  { what: '640×480 JPEG, meshes', set: 'small', options: { threads: 1, detect: { mesh: true } } },
  { what: '1920-pixel JPEG', set: 'large', options: { threads: 1 } },
]

const folder = await mkdtemp(join(tmpdir(), 'retinaface-against-'))
const other = checkOut(values.against, join(folder, 'checkout'))
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    other.remove()
    process.exit(130)
  })
}
try {
  const script = join(other.folder, 'benchmarks/dist/ours.js')
  await buildContenders(['ours'])
  await buildContenders(['ours'], join(other.folder, 'benchmarks/dist'))
  const pictures = await makePictureSets(folder)
  const slower: string[] = []
  for (const { what, set, options } of cases) {
    const loadBefore = load()
    const contenders: ContenderSpec[] = [
      { ...ours(options), name: other.commit, script },
      { ...ours(options), name: 'this checkout' },
    ]
    const counted = { photographs: pictures[set] }
    const compared = { contenders, pictures: pictures[set], counted, rounds }
    const outcome = await measureWarm({ ...compared, origin: 'packages' })
    const how = `Ratios are to ${values.against}, ${other.commit}.`
    const environment = environmentSince(loadBefore)
    const row = { kind: 'warm' as const, ...outcome }
    console.log(printRow({ id: what, title: what, how, environment, outcome: row }))
    if (outcome.results.some(({ processorRatio }) => isSlower(processorRatio))) slower.push(what)
  }
  console.log(slower.length > 0 ? `Slower: ${slower.join('; ')}` : 'Nothing is slower.')
  process.exitCode = slower.length > 0 ? 1 : 0
} finally {
  other.remove()
  await rm(folder, { recursive: true })
}
