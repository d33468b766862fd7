// How well the pictures of LFW are grouped by person, beside the descriptors of face-api with their usual
// threshold. `alignments` writes the file of our vectors.
//
//   npx --yes pnpm@10.34.8 --filter @retinaface/benchmarks groups <folder of LFW> <file of our vectors> <file for face-api's> [pictures]

import { join } from 'node:path'
import { personOf } from '@retinaface/evaluation'
import { cluster, DLIB_RESNET, type Embedding, thresholdAt } from '@retinaface/recognition/node'
import { openFaceApi } from './face-api-descriptors.ts'
import { groupsInTurns } from './groups-in-turns.ts'
import { pairwiseScores } from './pairwise-scores.ts'
import { keepVector, readVectors } from './vector-file.ts'

const [folder, ours, theirs, most] = process.argv.slice(2)
if (!folder || !ours || !theirs) throw new Error('Give the folder of LFW and two files of vectors.')
const found = await readVectors(ours)
const asItIs = 'as it is: points of retinaface-500m: '
const names = [...found.keys()]
  .filter((key) => key.startsWith(asItIs))
  .map((key) => key.slice(asItIs.length))
  .slice(0, most === undefined ? undefined : Number(most))
const described = await describeWithFaceApi(names, join(folder, 'images'), theirs)

const seen = names.filter((name) => described.get(name))
// The distance 0.6.
const usual = 0.82
const sweep = Array.from({ length: 25 }, (_, i) => Math.round((0.8 + i * 0.005) * 1e3) / 1e3)
console.log(
  `face-api found a face in ${seen.length} of ${names.length} pictures; these are grouped.`,
)
console.log('| faces described and grouped by | F | precision | recall | groups |')
console.log('|---|---:|---:|---:|---:|')
const own = seen.map((name) => found.get(asItIs + name)!)
const vectors = seen.map((name) => described.get(name)!)
await compare(seen, own, vectors)
console.log('\nAll pictures; where face-api found no face, it has a group for itself.')
const ownOfAll = await cluster(
  names.map((name) => found.get(asItIs + name)!),
  { threshold: thresholdAt(DLIB_RESNET, 0.001) },
)
report('ours, `cluster` at its threshold', names, ownOfAll)
const matched = groupsInTurns(vectors, 0.6).map((group) =>
  group.map((i) => names.indexOf(seen[i]!)),
)
const unseen = names.flatMap((name, i): number[][] => (described.get(name) ? [] : [[i]]))
report('face-api, its FaceMatcher at 0.6', names, [...matched, ...unseen])

/** The usual thresholds of each, and the best of a sweep, which flatters both alike. */
async function compare(
  pictures: readonly string[],
  ours: readonly Embedding[],
  peers: readonly Embedding[],
): Promise<void> {
  for (const threshold of [thresholdAt(DLIB_RESNET, 0.001), usual]) {
    report(`ours, \`cluster\` at ${threshold}`, pictures, await cluster(ours, { threshold }))
  }
  report('face-api, its FaceMatcher at 0.6', pictures, groupsInTurns(peers, 0.6))
  for (const threshold of [usual, thresholdAt(DLIB_RESNET, 0.001)]) {
    report(`face-api, \`cluster\` at ${threshold}`, pictures, await cluster(peers, { threshold }))
  }
  const best = async (what: string, groupsAt: (threshold: number) => Promise<number[][]>) => {
    let most: { f: number; threshold: number; groups: number[][] } | undefined
    for (const threshold of sweep) {
      const groups = await groupsAt(threshold)
      const { f } = pairwiseScores(pictures.map(personOf), groups)
      if (!most || f > most.f) most = { f, threshold, groups }
    }
    report(`${what}, at its best: ${most!.threshold}`, pictures, most!.groups)
  }
  await best('ours, `cluster`', (threshold) => cluster(ours, { threshold }))
  await best('face-api, its FaceMatcher', async (threshold) =>
    groupsInTurns(peers, Math.sqrt(2 - 2 * threshold)),
  )
  await best('face-api, `cluster`', (threshold) => cluster(peers, { threshold }))
}

function report(
  what: string,
  pictures: readonly string[],
  groups: readonly (readonly number[])[],
): void {
  const { f, precision, recall } = pairwiseScores(pictures.map(personOf), groups)
  const cells = [f, precision, recall].map((value) => value.toFixed(3))
  console.log(`| ${what} | ${cells.join(' | ')} | ${groups.length} |`)
}

async function describeWithFaceApi(
  names: readonly string[],
  images: string,
  file: string,
): Promise<ReadonlyMap<string, Embedding | undefined>> {
  const known = await readVectors(file)
  const describe = await openFaceApi()
  for (const name of names) {
    if (known.has(name)) continue
    const faces = await describe(join(images, `${name}.jpg`))
    // LFW's pictures are of whom their middle shows: 250 pixels wide and high.
    const away = ({ x, y, width, height }: (typeof faces)[number]['detection']['box']) =>
      Math.hypot(x + width / 2 - 125, y + height / 2 - 125)
    const [face] = [...faces].sort((a, b) => away(a.detection.box) - away(b.detection.box))
    await keepVector(file, known, name, face?.descriptor)
  }
  return known
}
