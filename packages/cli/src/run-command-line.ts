import { describeError } from '@retinaface/node/results'
import { CommanderError } from 'commander'
import { OutputError } from './cli-error.ts'
import { EXIT_CODE } from './exit-code.ts'
import { printable, printableLines } from './output/printable.ts'
import { createProgram } from './program.ts'

/**
 * Does what a command line asks for, and prints what went wrong.
 *
 * @param args what follows the program's name
 * @returns the exit code
 */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  process.exitCode = EXIT_CODE.done
  try {
    await createProgram().parseAsync(args, { from: 'user' })
    return Number(process.exitCode)
  } catch (error) {
    return exitCodeOf(error)
  }
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
