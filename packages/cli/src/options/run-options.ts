import type { Command } from 'commander'

/** Options of every command that goes through pictures. */
export interface RunFlags {
  readonly quiet?: true
  readonly resume?: true
  readonly force?: true
}

export const INPUTS_HELP: string =
  'pictures, folders (with all below, hidden files left out), globs, or - for standard input'

/** @param resumeHelp what `--resume` goes on from */
export function addRunOptions(command: Command, resumeHelp: string): Command {
  return addForceOption(addQuietOption(command).option('--resume', resumeHelp))
}

export function addForceOption(command: Command): Command {
  return command.option(
    '--force',
    'let files replace others in the output folder than those of earlier runs, inputs among them',
  )
}

export function addQuietOption(command: Command): Command {
  return command.option('--quiet', 'print errors only: no progress, no summary')
}
