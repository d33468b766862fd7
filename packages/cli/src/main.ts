#!/usr/bin/env node
import { CommanderError } from 'commander'
import { describeError, OutputError } from './cli-error.ts'
import { EXIT_CODE } from './exit-code.ts'
import { printable, printableLines } from './output/printable.ts'
import { createProgram } from './program.ts'

// A reader that goes away, as in `| head`, is noticed where results are written.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)

try {
  await createProgram().parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

function exitCodeOf(error: unknown): number {
  // Commander has printed its own message; help and version are no errors.
  if (error instanceof CommanderError)
    return error.exitCode === 0 ? EXIT_CODE.done : EXIT_CODE.cannotStart
  if (error instanceof OutputError && error.isBrokenPipe) return EXIT_CODE.done
  process.stderr.write(`retinaface: ${printable(describeError(error).message)}\n`)
  if (process.env.DEBUG && error instanceof Error) {
    process.stderr.write(`${printableLines(error.stack ?? '')}\n`)
  }
  return EXIT_CODE.cannotStart
}
