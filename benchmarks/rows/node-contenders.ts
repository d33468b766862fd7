import type { ContenderSpec } from '../protocol/contender-spec.ts'

/** The scripts of all contenders in Node.js. */
export const NODE_CONTENDERS: readonly string[] = ['straightforward', 'ours', 'ours-stages']

/** The baseline. */
export function straightforward(threads: number): ContenderSpec {
  return { name: 'straightforward', entry: 'straightforward', options: { threads } }
}

/** Our own package, with options of `detect`. */
export function ours(threads: number, detect: object = {}, note = ''): ContenderSpec {
  const name = note ? `@retinaface/node, ${note}` : '@retinaface/node'
  return { name, entry: 'ours', options: { threads, detect } }
}
