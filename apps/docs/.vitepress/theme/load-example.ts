import type { Example } from '../../examples/kit/stage.ts'

// Examples run in browsers only; the pages that the build renders hold none of them.
const modules = import.meta.env.SSR
  ? {}
  : import.meta.glob<Example>('../../examples/*/index.ts', { import: 'default' })

/** Loads the example of a folder of `examples`. */
export function loadExample(name: string): Promise<Example> {
  const load = modules[`../../examples/${name}/index.ts`]
  if (!load) throw new Error(`There is no example "${name}".`)
  return load()
}
