import type { ContenderSpec } from '../protocol/contender-spec.ts'

/** The scripts of all contenders in Node.js. */
export const NODE_CONTENDERS: readonly string[] = [
  'straightforward',
  'ours',
  'ours-stages',
  'retinaface-npm',
  'human',
  'face-api',
  'face-api-js',
]

/** The baseline. */
export function straightforward(threads: number): ContenderSpec {
  return { name: 'straightforward', entry: 'straightforward', options: { threads } }
}

/** The baseline where pictures are reduced: every pixel is decoded, and then resized. */
export const decodingAll: ContenderSpec = {
  name: 'straightforward, decode, then resize',
  entry: 'straightforward',
  options: { threads: 1, inTwoSteps: true },
}

/** What of our own package is measured. */
export interface OwnOptions {
  /** Left out where the package's own choice is measured. */
  readonly threads?: number
  readonly precision?: 'int8'
  readonly detect?: Readonly<Record<string, number | 'pyramid' | true>>
}

/** Our own package; its options are in its name. */
export function ours({ threads, precision, detect = {} }: OwnOptions): ContenderSpec {
  const chosen = Object.entries(detect).map(([name, value]) => `${name} ${value}`)
  return {
    name: ['@retinaface/node', ...(precision ? [precision] : []), ...chosen].join(', '),
    entry: 'ours',
    options: { threads, precision, detect },
  }
}

/** The npm package `retinaface` on onnxruntime-web. */
export function retinafaceNpm(threads: number): ContenderSpec {
  return { name: 'retinaface 0.0.6', entry: 'retinaface-npm', options: { threads } }
}

/** Packages on TensorFlow.js, whose WebAssembly has one thread in Node.js. */
export const tensorFlowPeers: readonly ContenderSpec[] = [
  { name: 'Human, detector', entry: 'human', options: { mesh: false } },
  { name: 'Human, with meshes', entry: 'human', options: { mesh: true } },
  { name: '@vladmandic/face-api, SSD', entry: 'face-api', options: {} },
  { name: 'face-api.js, SSD', entry: 'face-api-js', options: {}, rounds: 2 },
]
