import { Command } from 'commander'
import { CliError } from '../cli-error.ts'

/** `retinaface serve` */
export function serveCommand(): Command {
  return new Command('serve')
    .description(
      'start an HTTP server that finds, cuts out, hides and meshes faces; needs npm install @retinaface/server; serve --help lists its options',
    )
    .argument('[options...]')
    .usage('[options]')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (args: string[]) => {
      const { runServer } = await loadServer()
      process.exitCode = await runServer(args)
    })
}

async function loadServer(): Promise<typeof import('@retinaface/server')> {
  try {
    return await import('@retinaface/server')
  } catch (error) {
    const isMissing =
      error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    if (!isMissing) throw error
    throw new CliError(
      'USAGE',
      'serve needs @retinaface/server: npm install @retinaface/server.',
      error,
    )
  }
}
