// One pass from a file to the vectors of its faces, for a group of 20 people 1200 pixels wide: our time
// beside that of face-api and Human, in turns.
//
//   npx --yes pnpm@10.34.8 --filter @retinaface/benchmarks group-of-twenty [rounds]

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureWarm } from '../measure/measure-warm.ts'
import { drawCrowd } from '../pictures/draw-crowd.ts'
import type { Spread } from '../support/interleave.ts'

const rounds = Number(process.argv[2] ?? 20)
const folder = await mkdtemp(join(tmpdir(), 'retinaface-group-'))
const group = await drawCrowd(1200, 960, 240, join(folder, 'group.jpg'))
const { results, absent } = await measureWarm({
  contenders: [
    { name: 'ours, without mirrored faces', entry: 'embeddings-ours', options: { flip: false } },
    { name: 'ours, with mirrored faces', entry: 'embeddings-ours', options: { flip: true } },
    { name: 'face-api, WebAssembly', entry: 'embeddings-face-api', options: {} },
    { name: 'Human, WebAssembly', entry: 'embeddings-human', options: {} },
  ],
  pictures: [group],
  counted: { group: [group] },
  rounds,
  origin: 'sources',
})
await rm(folder, { recursive: true })

const withSpread = ([low, middle, high]: Spread, digits: number) =>
  `${middle.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`

console.log(`${rounds} rounds; median and 10th to 90th percentile`)
console.log('| | processor time, ms | in the first one’s time | ms | faces of 20 | wrong |')
console.log('|---|---|---|---|---:|---:|')
for (const { name, processor, processorRatio, wall, faces } of results) {
  const { found, wrong } = faces['group']!
  const cells = [withSpread(processor, 0), withSpread(processorRatio, 2), withSpread(wall, 0)]
  console.log(`| ${name} | ${cells.join(' | ')} | ${found} | ${wrong} |`)
}
for (const { name, reason } of absent) console.log(`${name} could not take part: ${reason}`)
