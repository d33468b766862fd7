// What a mesh for every face adds to the detector's own time on a crowd: `detect` with and without
// `mesh`, and the mesh decoder alone on the same faces, in turns. It measures the packages as built.
//
//   pnpm turbo run build
//   pnpm --filter @retinaface/benchmarks mesh-cost [--rounds 30] [--json]

import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Face } from '@retinaface/core'
import { createMeshDecoder, type PlacedFace } from '@retinaface/mesh-decoder'
import { faceTopology, meshDecoder } from '@retinaface/models'
import { createRetinaFace } from '@retinaface/node'
import { crowdPicture } from './support/crowd-picture.ts'
import { interleave, spread, type Timing } from './support/interleave.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '30' }, json: { type: 'boolean', default: false } },
})
const rounds = Number(values.rounds)
const decoder = createMeshDecoder({
  topology: await readFile(faceTopology.url),
  weights: await readFile(meshDecoder.url),
})
const results = []
for (const threads of [1, 2]) results.push(await measure(threads))
if (values.json) console.log(JSON.stringify(results, undefined, 2))
else results.forEach(print)

/** Milliseconds are medians; spreads are the 10th, 50th and 90th percentile over the rounds. */
async function measure(threads: number) {
  const retinaface = await createRetinaFace({ threads })
  const picture = await crowdPicture(retinaface)
  const faces = (await retinaface.detect(picture, { mesh: true })).map(placed)
  const timings = await interleave(
    {
      detect: () => retinaface.detect(picture),
      mesh: () => retinaface.detect(picture, { mesh: true }),
      decode: () => decoder.decodeAllInImage(faces),
    },
    rounds,
  )
  await retinaface.dispose()
  return {
    threads,
    faces: faces.length,
    wall: costs(timings, 'wall'),
    processor: costs(timings, 'processor'),
  }
}

function placed({ params, camera, anchor }: Face): PlacedFace {
  if (params && camera) return { latent: params, camera, anchor }
  throw new Error('Expected every face of the crowd to have a mesh.')
}

type Timings = Record<'detect' | 'mesh' | 'decode', readonly Timing[]>

function costs(timings: Timings, clock: keyof Timing) {
  const each = (cost: (round: number) => number) => spread(timings.mesh.map((_, i) => cost(i)))
  const at = (name: keyof Timings, round: number) => timings[name][round]![clock]
  return {
    detect: each((i) => at('detect', i)),
    /** What meshes add, as a share of detection without them. */
    added: each((i) => at('mesh', i) / at('detect', i) - 1),
    /** Decoding and projecting alone, as the same share. */
    decode: each((i) => at('decode', i) / at('detect', i)),
  }
}

function print({ threads, faces, ...clocks }: Awaited<ReturnType<typeof measure>>): void {
  console.log(`${faces} faces, ${threads} thread${threads === 1 ? '' : 's'}`)
  for (const clock of ['wall', 'processor'] as const) {
    const { detect, added, decode } = clocks[clock]
    const percent = ([low, middle, high]: readonly number[]) => {
      const [l, m, h] = [low!, middle!, high!].map((share) => (100 * share).toFixed(0))
      return `${m} % (${l} to ${h})`
    }
    console.log(
      `  ${clock} time: detection ${detect[1].toFixed(1)} ms; meshes add ${percent(added)}`,
    )
    console.log(`    decoding and projection alone ${percent(decode)}`)
  }
}
