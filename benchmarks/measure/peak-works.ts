import { readFile } from 'node:fs/promises'
import type { ModelConfiguration } from '@retinaface/core'
import { keepOutputs } from '@retinaface/models'
import { mnet025Int8, mnet025Slim } from '@retinaface/models/research'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { readOriginalNetwork } from '../baselines/original-network.ts'
import { countMultiplyAdds } from './count-multiply-adds.ts'
import { matrixProduct, type ProductPrecision } from './matrix-product.ts'

/** Something that the runtime works on, and how much it has to do. */
export interface PeakWork {
  readonly name: string
  readonly precision: ProductPrecision
  readonly session: InferenceSession
  readonly multiplyAdds: number
  readonly run: () => Promise<unknown>
}

const [width, height] = [640, 480]
const pixels = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 7919) % 256)

/** One pass of each network at 640×480 on one thread. */
export async function networkWorks(): Promise<PeakWork[]> {
  const [float32, int8] = [mnet025Slim, mnet025Int8]
  const bytes = {
    float32: new Uint8Array(await readFile(float32.url)),
    int8: new Uint8Array(await readFile(int8.url)),
  }
  const parts = [
    { note: '', strides: [32, 16, 8] },
    { note: ', without stride 8', strides: [32, 16] },
  ]
  const original = await readOriginalNetwork()
  const works = [await networkWork('original', 'float32', original)]
  for (const { note, strides } of parts) {
    const exact = keepLevels(bytes.float32, float32.configuration, strides)
    const work = await networkWork(`float32${note}`, 'float32', exact)
    const coarse = keepLevels(bytes.int8, int8.configuration, strides)
    // The same arithmetic in other numbers, though the first layer does more of it than it need.
    const { multiplyAdds } = work
    works.push(work, await networkWork(`int8${note}`, 'int8', coarse, multiplyAdds))
  }
  return works
}

/** One product of square matrices on one thread. */
export async function productWork(precision: ProductPrecision, side: number): Promise<PeakWork> {
  const session = await InferenceSession.create(matrixProduct(precision), {
    intraOpNumThreads: 1,
  })
  const values = Array.from({ length: side * side }, (_, i) => (i * 7919) % 128)
  const dims = [side, side]
  const [a, b] =
    precision === 'float32'
      ? [0, 1].map(() => new Tensor('float32', Float32Array.from(values), dims))
      : [
          new Tensor('uint8', Uint8Array.from(values), dims),
          new Tensor('int8', Int8Array.from(values), dims),
        ]
  const name = `${precision} matrix product ${side}`
  const run = () => session.run({ a: a!, b: b! })
  return { name, precision, session, multiplyAdds: side ** 3, run }
}

async function networkWork(
  name: string,
  precision: ProductPrecision,
  bytes: Uint8Array,
  multiplyAdds?: number,
): Promise<PeakWork> {
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  })
  const tensor =
    precision === 'float32'
      ? new Tensor('float32', Float32Array.from(pixels), [1, 3, height, width])
      : new Tensor('uint8', pixels, [1, height, width, 3])
  const feeds = { [session.inputNames[0]!]: tensor }
  return {
    name,
    precision,
    session,
    multiplyAdds: multiplyAdds ?? (await countMultiplyAdds(bytes, feeds, session.outputNames)),
    run: () => session.run(feeds),
  }
}

/** The network with the predictions of these levels only. */
function keepLevels(
  bytes: Uint8Array<ArrayBuffer>,
  { outputs }: ModelConfiguration,
  strides: readonly number[],
): Uint8Array {
  return keepOutputs(
    bytes,
    strides.map((stride) => outputs.names.score.replace('{stride}', `${stride}`)),
  )
}
