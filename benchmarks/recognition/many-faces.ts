// How long `cluster` takes for very many faces, and how well it groups them: vectors made up of known
// people, as far apart as those of LFW are.
//
//   npx --yes pnpm@10.34.8 --filter @retinaface/benchmarks many-faces [faces ...]

import { cluster, DLIB_RESNET, type Embedding, thresholdAt } from '@retinaface/recognition/node'
import { pairwiseScores } from './pairwise-scores.ts'

const counts = process.argv.slice(2).map(Number)
const dimensions = 128
/** Distances in so many dimensions spread as those of LFW do; the other numbers of a vector are 0. */
const spreadIn = 24
const betweenPeople = 0.85
const withinPerson = 0.42
const facesOfPerson = 20
const threshold = thresholdAt(DLIB_RESNET, 0.0001)

console.log('| faces | people | processor time | memory | groups | F | precision | recall |')
console.log('|---:|---:|---:|---:|---:|---:|---:|---:|')
for (const count of counts.length > 0 ? counts : [5_000, 20_000, 200_000]) {
  const people = Array.from({ length: count }, (_, i) => i % Math.ceil(count / facesOfPerson))
  const faces = makeFaces(people)
  const before = process.cpuUsage()
  const groups = await cluster(faces, { threshold })
  const { user } = process.cpuUsage(before)
  const { f, precision, recall } = pairwiseScores(people, groups)
  const scores = [f, precision, recall].map((value) => value.toFixed(4)).join(' | ')
  const memory = `${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`
  const cells = [count, new Set(people).size, `${Math.round(user / 1e6)} s`, memory, groups.length]
  console.log(`| ${cells.join(' | ')} | ${scores} |`)
}

function makeFaces(people: readonly number[]): Embedding[] {
  const normal = gaussians()
  const vector = (distance: number) => {
    const deviation = distance / Math.sqrt(2 * spreadIn)
    return Float32Array.from({ length: spreadIn }, () => deviation * normal())
  }
  const apart = Math.sqrt(betweenPeople ** 2 - withinPerson ** 2)
  const centres = Array.from({ length: new Set(people).size }, () => vector(apart))
  return people.map((person) => {
    const face = new Float32Array(dimensions)
    const noise = vector(withinPerson)
    centres[person]!.forEach((value, i) => {
      face[i] = value + noise[i]!
    })
    return face
  })
}

/** Normally distributed numbers, the same each time (Mulberry32 by Tommy Ettinger, Box and Muller). */
function gaussians(): () => number {
  let state = 1
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}
