import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import sharp from 'sharp'
import { mnet025 } from '../src/mnet025.ts'
import { readSource } from './build-detector.ts'
import { declareTensors } from './onnx-model.ts'
import { ActivationRange } from './variants/activation-range.ts'
import { type DetectorStep, detectorSteps } from './variants/detector-steps.ts'
import { slimDetector } from './variants/slim-detector.ts'

// Finds the ranges of `mnet025-int8` on six photographs at three sizes and writes int8-ranges.ts.

const photographs = [1, 2, 3, 4, 5, 6]
const longSides = [1024, 640, 320]

const network = await readSource(mnet025.source)
const steps = detectorSteps(network).filter(({ kind }) => kind !== 'head')
const names = steps.map(({ output }) => output)
const session = await openWith(names)
const ranges = new Map(names.map((name) => [name, new ActivationRange()]))
for (const look of ['findLargest', 'count'] as const) {
  for (const photograph of photographs) {
    for (const longSide of longSides) {
      const outputs = await session.run({ data: await readPhotograph(photograph, longSide) }, names)
      for (const name of names) ranges.get(name)![look](outputs[name]!.data as Float32Array)
    }
  }
}
await session.release()
const found = new Map(names.map((name) => [name, ranges.get(name)!.best()]))
// What is laid side by side must mean the same.
for (const step of steps) shareRange(step)
const lines = names.map((name) => `  ${name}: ${Number(found.get(name)!.toPrecision(4))},\n`)
const text = `/** Largest value of each activation that counts, as \`calibrate\` found them. */
export const INT8_RANGES: Readonly<Record<string, number>> = {
${lines.join('')}}
`
await writeFile(new URL('variants/int8-ranges.ts', import.meta.url), text)

function openWith(activations: readonly string[]): Promise<InferenceSession> {
  const outputs = activations.map((name) => ({
    name,
    dims: [1, `c_${name}`, `r_${name}`, `x_${name}`],
  }))
  const input = { name: 'data', dims: [1, 3, 'height', 'width'] }
  const model = declareTensors(slimDetector(network), [input], outputs)
  return InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 })
}

function shareRange(step: DetectorStep): void {
  if (step.kind !== 'concat') return
  const largest = Math.max(...step.inputs.map((input) => found.get(input)!))
  for (const name of [...step.inputs, step.output]) found.set(name, largest)
}

async function readPhotograph(number: number, longSide: number): Promise<Tensor> {
  const manifest = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')
  const size = { width: longSide, height: longSide }
  const { data, info } = await sharp(join(dirname(manifest), 'demo', `sample${number}.jpg`))
    .resize({ ...size, fit: 'inside' })
    .extend({ right: 31, bottom: 31, background: '#000' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const [width, height] = [info.width, info.height].map((side) => side - (side % 32)) as [
    number,
    number,
  ]
  const planes = new Float32Array(3 * width * height)
  for (let at = 0; at < planes.length; at++) {
    const pixel = at % (width * height)
    const source = (Math.floor(pixel / width) * info.width + (pixel % width)) * 3
    planes[at] = data[source + Math.floor(at / (width * height))]!
  }
  return new Tensor('float32', planes, [1, 3, height, width])
}
