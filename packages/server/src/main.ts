#!/usr/bin/env node
import { RetinaFaceError } from '@retinaface/core'
import { createServer } from './create-server.ts'
import { HELP, parseArguments, UsageError } from './parse-arguments.ts'

try {
  const { options, host, port, isHelp } = await parseArguments(process.argv.slice(2), process.env)
  if (isHelp) process.stdout.write(HELP)
  else {
    const server = await createServer(options)
    await server.listen({ host, port })
    let isClosing = false
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        // Who asks twice does not want to wait.
        if (isClosing) process.exit(1)
        isClosing = true
        server.log.info({ signal }, 'closing')
        void server.close()
      })
    }
  }
} catch (error) {
  const isExpected =
    error instanceof UsageError || RetinaFaceError.isInstance(error) || isSystemError(error)
  const text = error instanceof Error ? (isExpected ? error.message : error.stack) : String(error)
  process.stderr.write(`retinaface-server: ${text}\n`)
  process.exitCode = 2
}

/** As where the port is taken or a file is not there. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
