// Times what was tried and not kept, each beside what is done, in turns.
//
//   npx --yes pnpm@10.34.8 --filter @retinaface/benchmarks tried [rounds]

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mnet025Int8, mnet025Slim } from '@retinaface/models/research'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import sharp, { type Sharp } from 'sharp'
import { makePictureSets } from './pictures/picture-sets.ts'
import { withSpread } from './report/format-values.ts'
import { interleave, spread } from './support/interleave.ts'

// Of all that are measured, so that none pays for sending usage events.
process.env.ORT_DISABLE_TELEMETRY ??= '1'

const rounds = Number(process.argv[2] ?? 60)
const folder = await mkdtemp(join(tmpdir(), 'retinaface-tried-'))
try {
  const { small, large } = await makePictureSets(folder)
  await decoding('a JPEG of 640×480', small[0]!.path)
  await shrinking(large[1]!.path)
  await sessions()
} finally {
  await rm(folder, { recursive: true })
}

async function decoding(what: string, path: string): Promise<void> {
  const bytes = await readFile(path)
  const pixels = (image: Sharp) => image.raw().toBuffer()
  await compare(`decoding ${what}`, {
    'from bytes (done)': async () => pixels(sharp(await readFile(path))),
    'by its path': () => pixels(sharp(path)),
    'not sequentially': () => pixels(sharp(bytes, { sequentialRead: false })),
  })
}

async function shrinking(path: string): Promise<void> {
  const bytes = await readFile(path)
  const resized = (height: number, options: object) =>
    sharp(bytes)
      .resize({ width: 640, height, fit: 'fill', ...options })
      .raw()
      .toBuffer()
  await compare('a JPEG of 1920×1367 in 640 pixels', {
    'to 640×455, linear (done)': () => resized(455, { kernel: 'linear' }),
    'to 640×456, linear': () => resized(456, { kernel: 'linear' }),
    'to 640×455, Lanczos': () => resized(455, { kernel: 'lanczos3' }),
    'to 640×455, at least twice the size first': () =>
      resized(455, { kernel: 'linear', fastShrinkOnLoad: false }),
  })
}

async function sessions(): Promise<void> {
  const [float32, int8] = [mnet025Slim, mnet025Int8]
  const pixels = Uint8Array.from({ length: 3 * 640 * 480 }, (_, i) => (i * 7919) % 256)
  const inputs = {
    float32: new Tensor('float32', Float32Array.from(pixels), [1, 3, 480, 640]),
    int8: new Tensor('uint8', pixels, [1, 480, 640, 3]),
  }
  const options: Record<string, InferenceSession.SessionOptions> = {
    'all optimisations (done)': {},
    'level extended': { graphOptimizationLevel: 'extended' },
    'level basic': { graphOptimizationLevel: 'basic' },
    'no optimisation': { graphOptimizationLevel: 'disabled' },
    'no memory arena': { enableCpuMemArena: false },
    'no memory pattern': { enableMemPattern: false },
    'parallel execution': { executionMode: 'parallel' },
  }
  for (const [precision, { url }] of Object.entries({ float32, int8 })) {
    const bytes = new Uint8Array(await readFile(url))
    const input = inputs[precision as keyof typeof inputs]
    const open = (chosen: InferenceSession.SessionOptions) =>
      InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 4, ...chosen })
    const runs: Record<string, () => Promise<unknown>> = {}
    const opening: Record<string, () => Promise<unknown>> = {}
    for (const [name, chosen] of Object.entries(options)) {
      const session = await open(chosen)
      runs[name] = () => session.run({ [session.inputNames[0]!]: input })
      opening[name] = async () => (await open(chosen)).release()
    }
    await compare(`${precision} at 640×480, one thread`, runs)
    await compare(`opening ${precision}, the runtime being started`, opening)
  }
}

async function compare(
  what: string,
  variants: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<void> {
  const timings = await interleave(variants, rounds)
  const [first] = Object.values(timings)
  console.log(`\n${what}`)
  for (const [name, all] of Object.entries(timings)) {
    const ratios = all.map(({ wall }, round) => wall / first![round]!.wall)
    const milliseconds = withSpread(spread(all.map(({ wall }) => wall)), ' ms')
    console.log(`  ${name.padEnd(44)} ${withSpread(spread(ratios)).padEnd(26)} ${milliseconds}`)
  }
}
