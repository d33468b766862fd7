import type { Command } from 'commander'

/** Options of every command that goes through pictures. */
export interface RunFlags {
  readonly quiet?: true
  readonly resume?: true
}

export const INPUTS_HELP: string =
  'pictures, folders (with all below), globs, or - for standard input'

export function addRunOptions(command: Command, resumeHelp: string): Command {
  return command
    .option('--resume', resumeHelp)
    .option('--quiet', 'print errors only: no progress, no summary')
}
