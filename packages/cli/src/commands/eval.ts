import { Command } from 'commander'
import { evalWiderCommand } from './eval-wider.ts'

/** `retinaface eval` */
export function evalCommand(): Command {
  return new Command('eval')
    .description('measure how well models do on annotated pictures')
    .addCommand(evalWiderCommand())
}
