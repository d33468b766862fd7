import type { ContenderSpec } from '../protocol/contender-spec.ts'

/** What of our own package is measured. */
export interface OwnWebOptions {
  /** Left out where the package's own choice is measured. */
  readonly threads?: number
  /** In the page instead of a worker. */
  readonly worker?: false
  readonly detect?: Readonly<Record<string, number | boolean>>
}

/** The baseline: a plain pipeline on onnxruntime-web. */
export function webStraightforward(threads: number): ContenderSpec {
  return {
    name: 'straightforward',
    entry: 'straightforward',
    options: { threads },
    place: placeFor(threads),
  }
}

/** Our own package; its options are in its name. */
export function webOurs({ threads, worker, detect = {} }: OwnWebOptions = {}): ContenderSpec {
  const chosen = Object.entries(detect).map(([name, value]) => `${name} ${value}`)
  const asked = threads === undefined ? [] : [`threads ${threads}`]
  const where = worker === false ? ['in the page'] : []
  return {
    name: ['@retinaface/web', ...asked, ...chosen, ...where].join(', '),
    entry: 'ours',
    options: { threads, worker, detect },
    place: placeFor(threads ?? 1),
  }
}

/** Packages of others, on WebAssembly where they have it; face-api.js has WebGL only. */
export const webPeers: readonly ContenderSpec[] = [
  { name: 'MediaPipe tasks-vision', entry: 'tasks-vision', options: {}, place: 'page' },
  { name: 'MediaPipe face_mesh', entry: 'face-mesh', options: {}, place: 'page', rounds: 10 },
  { name: 'Human, detector', entry: 'human', options: { mesh: false }, place: 'page' },
  { name: 'Human, with meshes', entry: 'human', options: { mesh: true }, place: 'page' },
  { name: '@vladmandic/face-api, SSD', entry: 'face-api', options: {}, place: 'page' },
  { name: 'face-api.js, SSD', entry: 'face-api-js', options: {}, place: 'page', rounds: 2 },
]

function placeFor(threads: number): NonNullable<ContenderSpec['place']> {
  return threads > 1 ? 'isolated page' : 'page'
}
