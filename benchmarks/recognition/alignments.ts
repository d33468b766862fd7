// How well pairs of LFW are told the same person or not, by how faces are cut out: of the pictures as
// they are, and with a turned, small or half-hidden copy as the second of each pair. Pairs in which a face
// was not found are counted, and left out.
//
//   npx --yes pnpm@10.34.8 --filter @retinaface/benchmarks alignments <folder with images/ and pairs.csv> <file for vectors>

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { evaluateVerification, type Interval, parseVerificationPairs } from '@retinaface/evaluation'
import { similarity } from '@retinaface/recognition/node'
import { COPIES } from './copies.ts'
import { CUTS, describePairs } from './describe-pairs.ts'

const [folder, file] = process.argv.slice(2)
if (!folder || !file) throw new Error('Give the folder of LFW and a file for vectors.')
const pairs = parseVerificationPairs(await readFile(join(folder, 'pairs.csv'), 'utf8'))
const vectors = await describePairs(join(folder, 'images'), pairs, file)

const withInterval = (value: number, [low, high]: Interval) =>
  `${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`

for (const copy of ['as it is', ...Object.keys(COPIES)]) {
  console.log(`\nSecond picture: ${copy}\n`)
  console.log('| cut out by | accuracy | TAR at FAR 0.01 | not found |')
  console.log('|---|---|---|---:|')
  for (const cut of CUTS) {
    const similarities = pairs.map(({ names: [a, b] }) => {
      const [one, other] = [
        vectors.get(`as it is: ${cut}: ${a}`),
        vectors.get(`${copy}: ${cut}: ${b}`),
      ]
      return one && other && similarity(one, other)
    })
    const compared = pairs.filter((_, i) => similarities[i] !== undefined)
    if (compared.length === 0) continue
    const found = similarities.filter((value) => value !== undefined)
    const { accuracy, tarAtFar, intervals } = evaluateVerification(compared, found)
    const cells = [
      withInterval(accuracy, intervals.accuracy),
      withInterval(tarAtFar['0.01']!, intervals.tarAtFar['0.01']!),
    ]
    console.log(`| ${cut} | ${cells.join(' | ')} | ${pairs.length - compared.length} |`)
  }
}
