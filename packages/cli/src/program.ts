import { Command } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { COMMANDS } from './commands/index.ts'
import { EXIT_CODE_HELP } from './exit-code.ts'
import { printableLines } from './output/printable.ts'

/** The command line with all its commands; errors are thrown, not printed. */
export function createProgram(): Command {
  const program = new Command('retinaface')
    .description(
      'Finds faces in pictures and their 3D meshes, cuts them out, hides and compares them, and measures how well.',
    )
    .version(manifest.version)
    .addHelpText('after', EXIT_CODE_HELP)
  for (const createCommand of COMMANDS) {
    program.addCommand(createCommand().addHelpText('after', EXIT_CODE_HELP))
  }
  configure(program)
  return program
}

/** Lets errors be thrown, and file names that were taken for options not control the terminal. */
function configure(command: Command): void {
  command
    .exitOverride()
    .showHelpAfterError(`(see ${fullName(command)} --help)`)
    .configureOutput({ outputError: (text, write) => write(printableLines(text)) })
  for (const subcommand of command.commands) configure(subcommand)
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name()
}
