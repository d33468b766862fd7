import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { BrowserContender } from '../web/browser-contender.ts'
import { ContenderProcess } from './contender-process.ts'
import type { ContenderSpec, RunningContender } from './contender-spec.ts'

/**
 * What is measured: packages as they are built for users, or their sources, which need no build but
 * start slower.
 */
export type Origin = 'packages' | 'sources'

const folder = new URL('../', import.meta.url)

/** Makes scripts of the contenders that run without a TypeScript loader, by default for this checkout. */
export async function buildContenders(
  entries: readonly string[],
  outdir: string = fileURLToPath(new URL('dist/', folder)),
): Promise<void> {
  await build({
    entryPoints: entries.map((entry) => fileURLToPath(new URL(`contenders/${entry}.ts`, folder))),
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  })
}

/** Makes scripts of the contenders that run in pages; packages come from the server. */
export async function buildPages(): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('web/contenders/*.ts', folder))],
    outdir: fileURLToPath(new URL('dist/web/', folder)),
    bundle: true,
    packages: 'external',
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
  })
}

/** Starts a contender, in a process or a browser of its own. */
export function startContender(spec: ContenderSpec, origin: Origin): RunningContender {
  const { entry, options, core, place } = spec
  if (place) return new BrowserContender(spec)
  const script = origin === 'packages' ? `dist/${entry}.js` : `contenders/${entry}.ts`
  const execArgv =
    origin === 'packages' ? [] : ['--conditions=@retinaface/source', '--import', 'tsx']
  return new ContenderProcess({
    script: spec.script ?? fileURLToPath(new URL(script, folder)),
    execArgv,
    options,
    ...(core === undefined ? {} : { core }),
  })
}
