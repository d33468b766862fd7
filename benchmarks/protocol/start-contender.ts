import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { ContenderProcess } from './contender-process.ts'
import type { ContenderSpec } from './contender-spec.ts'

/**
 * What is measured: packages as they are built for users, or their sources, which need no build but
 * start slower.
 */
export type Origin = 'packages' | 'sources'

const folder = new URL('../', import.meta.url)

/** Makes scripts of the contenders that run without a TypeScript loader. */
export async function buildContenders(entries: readonly string[]): Promise<void> {
  await build({
    entryPoints: entries.map((entry) => fileURLToPath(new URL(`contenders/${entry}.ts`, folder))),
    outdir: fileURLToPath(new URL('dist/', folder)),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  })
}

/** Starts a contender's process. */
export function startContender(
  { entry, options, core }: ContenderSpec,
  origin: Origin,
): ContenderProcess {
  const script = origin === 'packages' ? `dist/${entry}.js` : `contenders/${entry}.ts`
  const execArgv =
    origin === 'packages' ? [] : ['--conditions=@retinaface/source', '--import', 'tsx']
  const file = fileURLToPath(new URL(script, folder))
  return new ContenderProcess({
    script: file,
    execArgv,
    options,
    ...(core === undefined ? {} : { core }),
  })
}
