import { RetinaFaceError } from '@retinaface/core'
import { createServer } from './create-server.ts'
import { HELP, parseArguments, UsageError } from './parse-arguments.ts'

/**
 * Starts a server as a command line asks for it, or says on standard error what is wrong with that. The
 * process then listens until it is told to end: with SIGTERM or Ctrl-C the server finishes what it has.
 *
 * @param args as of `retinaface-server`; `--help` lists them
 * @returns the exit code so far: 0, or 2 where the server could not be started
 */
export async function runServer(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<number> {
  try {
    const { options, host, port, isHelp } = await parseArguments(args, environment)
    if (isHelp) process.stdout.write(HELP)
    else await listen(options, host, port)
    return 0
  } catch (error) {
    const isExpected =
      error instanceof UsageError || RetinaFaceError.isInstance(error) || isSystemError(error)
    const text = error instanceof Error ? (isExpected ? error.message : error.stack) : String(error)
    process.stderr.write(`retinaface-server: ${text}\n`)
    return 2
  }
}

async function listen(
  options: Parameters<typeof createServer>[0],
  host: string,
  port: number,
): Promise<void> {
  const server = await createServer(options)
  await server.listen({ host, port })
  const signals = ['SIGTERM', 'SIGINT'] as const
  const close = (signal: NodeJS.Signals) => {
    // Who asks twice does not want to wait: the system ends the process then.
    for (const each of signals) process.off(each, close)
    server.log.info({ signal }, 'closing')
    void server.close()
  }
  for (const signal of signals) process.on(signal, close)
}

/** As where the port is taken or a file is not there. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
