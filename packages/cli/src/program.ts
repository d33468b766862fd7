import { Command } from 'commander'
import { COMMANDS } from './commands/index.ts'
import { EXIT_CODE_HELP } from './exit-code.ts'

/** The command line with all its commands; errors are thrown, not printed. */
export function createProgram(): Command {
  const program = new Command('retinaface')
    .description(
      'Finds faces in pictures and their 3D meshes, cuts them out, hides them and measures how well.',
    )
    .addHelpText('after', EXIT_CODE_HELP)
  for (const createCommand of COMMANDS) {
    program.addCommand(createCommand().addHelpText('after', EXIT_CODE_HELP))
  }
  leaveExitToUs(program)
  return program
}

function leaveExitToUs(command: Command): void {
  command.exitOverride().showHelpAfterError(`(see ${fullName(command)} --help)`)
  for (const subcommand of command.commands) leaveExitToUs(subcommand)
}

function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name()
}
