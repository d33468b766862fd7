// Photographs of twelve megapixels: what the default costs, in times of one pass over 640 × 480.
//
//   npx --yes pnpm@10.34.8 --filter @retinaface/benchmarks large-photos [model] [rounds]

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRetinaFace, type Face, resizeImage } from '@retinaface/node'
import { countFaces } from './measure/count-faces.ts'
import { drawScene } from './pictures/draw-scene.ts'
import { interleave, spread, type Timing } from './support/interleave.ts'

/** Sides of squares of heads; faces are about 0.62 of them high. */
const scenes: Readonly<Record<string, readonly number[]>> = {
  'no face': [],
  'one portrait': [2000],
  'a group of eight': Array(8).fill(500),
  'ten people far away': Array(10).fill(110),
  'a street of sixty': Array.from({ length: 60 }, (_, i) => Math.round(40 * 1.04 ** i)),
}

const [model = 'retinaface-500m', rounds = '5'] = process.argv.slice(2)
const folder = await mkdtemp(join(tmpdir(), 'retinaface-large-'))
// Processor time of one thread is the same on a busy machine as on an idle one, nearly.
const retinaface = await createRetinaFace({ model, threads: 1 })
try {
  console.log(`${model}, processor time in passes over 640 × 480, median (10th to 90th percentile)`)
  console.log(
    '| picture | decoding | `auto` | 640 | `original` | found, wrong: `auto` | `original` |',
  )
  console.log('|---|---:|---:|---:|---:|---:|---:|')
  for (const [name, heads] of Object.entries(scenes)) {
    const scene = await drawScene(heads, join(folder, 'scene.jpg'))
    const image = await retinaface.readImage(scene.path)
    const small = resizeImage(image, 640, 480)
    const found: Record<string, readonly Face[]> = {}
    const look = (inputSize: 'auto' | 'original' | 640) => async () => {
      found[inputSize] = await retinaface.detect(image, { inputSize })
    }
    const timings = await interleave(
      {
        pass: () => retinaface.detect(small, { inputSize: 'original' }),
        decoding: () => retinaface.readImage(scene.path),
        auto: look('auto'),
        reduced: look(640),
      },
      Number(rounds),
      1,
    )
    // Once: it takes a hundred passes.
    const { original, pass } = await interleave(
      {
        pass: () => retinaface.detect(small, { inputSize: 'original' }),
        original: look('original'),
      },
      1,
      0,
    )
    const cells = [
      ...(['decoding', 'auto', 'reduced'] as const).map((row) => ratio(timings[row], timings.pass)),
      ratio(original, pass),
      ...['auto', 'original'].map((row) => {
        const counted = countFaces(found[row]!, scene.faces)
        return `${counted.found} of ${counted.known}, ${counted.wrong}`
      }),
    ]
    console.log(`| ${name} | ${cells.join(' | ')} |`)
  }
} finally {
  await retinaface.dispose()
  await rm(folder, { recursive: true })
}

function ratio(times: readonly Timing[], passes: readonly Timing[]): string {
  const ratios = times.map(({ processor }, i) => processor / passes[i]!.processor)
  const [low, middle, high] = spread(ratios).map((value) => value.toFixed(1))
  return times.length > 1 ? `${middle} (${low} to ${high})` : middle!
}
