// Faces turned in the plane by 0 to 350°: how many are found, what else is taken for a face, how far
// landmarks move, and the processor time; beside MediaPipe's detector and Human.
//
//   pnpm --filter @retinaface/benchmarks turned-faces [--step 10] [--plot FILE.svg]
//
// Portraits are cut out of the sample photographs, 22 at each angle, 480 pixels wide with faces about 150
// high. The others come from `npm run bench`, which installs them.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { faceOf, mean, measureTurned, type TurnedFace } from './measure/turned-faces.ts'
import { turnPortraits } from './pictures/turned-portraits.ts'
import type { Point } from './protocol/contender.ts'
import type { ContenderSpec } from './protocol/contender-spec.ts'
import { buildContenders, buildPages, startContender } from './protocol/start-contender.ts'
import { drawLines } from './report/draw-lines.ts'
import { environmentSince, load } from './report/environment.ts'

const { values } = parseArgs({
  options: { step: { type: 'string', default: '10' }, plot: { type: 'string' } },
})
const step = Number(values.step)
const angles = Array.from({ length: Math.ceil(360 / step) }, (_, i) => i * step)

const own = (name: string, detect: object): ContenderSpec => {
  return { name: `ours, ${name}`, entry: 'ours', options: { threads: 1, detect } }
}
const contenders: readonly ContenderSpec[] = [
  own('without `turns`', {}),
  own("`turns: 'auto'`", { turns: 'auto' }),
  own('`turns: true`', { turns: true }),
  { name: 'MediaPipe, short range', entry: 'tasks-vision', options: {}, place: 'page' },
  { name: 'Human', entry: 'human', options: { mesh: true } },
  { name: 'Human, `rotation`', entry: 'human', options: { mesh: true, rotation: true } },
]

interface Look extends TurnedFace {
  readonly degrees: number
  readonly processor: number
}

const loadBefore = load()
const folder = await mkdtemp(join(tmpdir(), 'retinaface-turned-'))
await buildContenders(['ours', 'human'])
await buildPages()
const runners = contenders.map((spec) => {
  const looks: Look[] = []
  return {
    spec,
    contender: startContender(spec, 'packages'),
    looks,
    upright: new Map<number, readonly Point[]>(),
  }
})
try {
  for (const { contender } of runners) await contender.ask({ kind: 'load' })
  for (const degrees of angles) {
    for (const portrait of await turnPortraits(degrees, folder)) {
      for (const { contender, looks, upright } of runners) {
        const { faces = [], processor } = await contender.ask({
          kind: 'detect',
          path: portrait.path,
        })
        const points = faceOf(portrait, faces)?.points
        if (degrees === 0 && points) upright.set(portrait.person, points)
        const measured = measureTurned(portrait, faces, upright.get(portrait.person))
        looks.push({ degrees, processor, ...measured })
      }
      await rm(portrait.path)
    }
  }
} finally {
  for (const { contender } of runners) await contender.close()
  await rm(folder, { recursive: true })
}

const groups: Readonly<Record<string, (degrees: number) => boolean>> = {
  '0°': (off) => off === 0,
  'to 30°': (off) => off > 0 && off <= 30,
  'to 60°': (off) => off > 30 && off <= 60,
  'to 90°': (off) => off > 60 && off <= 90,
  'to 120°': (off) => off > 90 && off <= 120,
  'to 150°': (off) => off > 120 && off <= 150,
  'to 180°': (off) => off > 150,
}
console.log(`| | ${Object.keys(groups).join(' | ')} | wrong, all angles | processor time, ms |`)
console.log(`|---|${'---|'.repeat(Object.keys(groups).length)}---:|---:|`)
for (const { spec, looks } of runners) {
  const cells = Object.values(groups).map((isIn) =>
    cellOf(looks.filter(({ degrees }) => isIn(Math.min(degrees, 360 - degrees)))),
  )
  const wrong = looks.reduce((sum, look) => sum + look.wrong, 0)
  // Engines compile in the first looks.
  const times = looks.slice(22).map(({ processor }) => processor)
  console.log(`| ${spec.name} | ${cells.join(' | ')} | ${wrong} | ${mean(times).toFixed(0)} |`)
}
console.log(environmentSince(loadBefore))
if (values.plot) {
  const lines = (of: (looks: readonly Look[]) => number) =>
    runners.map(({ spec, looks }) => ({
      label: spec.name.replaceAll('`', ''),
      values: angles.map((angle) => of(looks.filter(({ degrees }) => degrees === angle))),
    }))
  const panels = [
    {
      title: 'Faces found, of 22',
      lines: lines((looks) => looks.filter(({ found }) => found).length),
    },
    { title: 'Landmarks off, % of the face', lines: lines((looks) => 100 * errorOf(looks)) },
  ]
  await writeFile(values.plot, drawLines('Faces turned in the plane', angles, panels))
}

function cellOf(looks: readonly Look[]): string {
  const share = looks.filter(({ found }) => found).length / looks.length
  return `${(100 * share).toFixed(0)} %, ${(100 * errorOf(looks)).toFixed(1)} %`
}

/** The mean error of the faces that were found. */
function errorOf(looks: readonly Look[]): number {
  return mean(looks.flatMap(({ error }) => (error === undefined ? [] : [error])))
}
