// What expressions of every face of a crowd cost beside meshes: `detect` alone, with meshes, and with meshes and
// expressions, in turns. The share is what expressions add to both, of what meshes add to detection. It measures
// the packages as built.
//
//   pnpm turbo run build
//   pnpm --filter @retinaface/benchmarks expression-cost [--rounds 30]

import { parseArgs } from 'node:util'
import { createRetinaFace } from '@retinaface/node'
import { crowdPicture } from './support/crowd-picture.ts'
import { interleave, spread, type Timing } from './support/interleave.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' } } })
const retinaface = await createRetinaFace({ threads: 1 })
const picture = await crowdPicture(retinaface)
const mesh = true
const faces = await retinaface.detect(picture, { mesh, expressions: true })
if (faces.some((face) => !face.mesh || !face.expressions)) {
  throw new Error('Expected a mesh and expressions of every face.')
}
const timings = await interleave(
  {
    detection: () => retinaface.detect(picture),
    meshes: () => retinaface.detect(picture, { mesh }),
    both: () => retinaface.detect(picture, { mesh, expressions: true }),
    expressions: () => retinaface.detect(picture, { expressions: true }),
  },
  Number(values.rounds),
)
await retinaface.dispose()

console.log(`${faces.length} faces, 1 thread, processor time`)
for (const [name, of] of Object.entries(timings)) console.log(`${name}: ${milliseconds(of)}`)
const { detection, meshes, both } = timings
const shares = both.map(({ processor }, i) => {
  const withMeshes = meshes[i]!.processor
  return (processor - withMeshes) / (withMeshes - detection[i]!.processor)
})
const least = (times: readonly Timing[]) => Math.min(...times.map(({ processor }) => processor))
const leastShare = (least(both) - least(meshes)) / (least(meshes) - least(detection))
const [low, middle, high] = spread(shares).map(percent)
console.log(
  `expressions beside meshes: ${middle} (${low} to ${high}); least ${percent(leastShare)}`,
)

function milliseconds(times: readonly Timing[]): string {
  const [low, middle, high] = spread(times.map(({ processor }) => processor)).map((time) =>
    time.toFixed(1),
  )
  return `${middle} ms (${low} to ${high})`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
