// What a mesh for every face adds to the detector's own time on a crowd: `detect` without meshes, with
// meshes of which positions, pose and camera are taken, and with all that a mesh has read too
// (canonical positions and colours are computed when they are first read), in turns. It measures the
// packages as built.
//
//   pnpm turbo run build
//   pnpm --filter @retinaface/benchmarks mesh-cost [--rounds 30] [--json]

import { parseArgs } from 'node:util'
import { createRetinaFace } from '@retinaface/node'
import { crowdPicture } from './support/crowd-picture.ts'
import { interleave, type Spread, spread, type Timing } from './support/interleave.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '30' }, json: { type: 'boolean', default: false } },
})
const rounds = Number(values.rounds)
const results = []
for (const threads of [1, 2]) results.push(await measure(threads))
if (values.json) console.log(JSON.stringify(results, undefined, 2))
else results.forEach(print)

/** Milliseconds are medians; spreads are the 10th, 50th and 90th percentile over the rounds. */
async function measure(threads: number) {
  const retinaface = await createRetinaFace({ threads })
  const picture = await crowdPicture(retinaface)
  const detectMeshes = () => retinaface.detect(picture, { mesh: true })
  const faces = await detectMeshes()
  if (faces.some(({ mesh }) => !mesh)) throw new Error('Expected a mesh of every face.')
  const timings = await interleave(
    {
      detect: () => retinaface.detect(picture),
      positions: detectMeshes,
      everything: async () => (await detectMeshes()).map(({ mesh }) => ({ ...mesh })),
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

type Timings = Record<'detect' | 'positions' | 'everything', readonly Timing[]>

function costs(timings: Timings, clock: keyof Timing) {
  const times = (name: keyof Timings) => timings[name].map((timing) => timing[clock])
  const detect = times('detect')
  const added = (name: keyof Timings) => {
    return {
      /** What it adds, as a share of detection in the same round. */
      share: spread(times(name).map((time, i) => time / detect[i]! - 1)),
      /** The same of the least times, on which a busy machine has the least influence. */
      least: Math.min(...times(name)) / Math.min(...detect) - 1,
    }
  }
  return { detect: spread(detect), positions: added('positions'), everything: added('everything') }
}

function print({ threads, faces, ...clocks }: Awaited<ReturnType<typeof measure>>): void {
  console.log(`${faces} faces, ${threads} thread${threads === 1 ? '' : 's'}`)
  for (const clock of ['wall', 'processor'] as const) {
    const { detect, positions, everything } = clocks[clock]
    console.log(`  ${clock} time: detection ${detect[1].toFixed(1)} ms`)
    console.log(`    meshes, positions read, add ${describe(positions)}`)
    console.log(`    meshes, everything read, add ${describe(everything)}`)
  }
}

function describe({ share, least }: { readonly share: Spread; readonly least: number }): string {
  const [low, middle, high] = share.map((value) => (100 * value).toFixed(0))
  return `${middle} % (${low} to ${high}); least against least ${(100 * least).toFixed(0)} %`
}
