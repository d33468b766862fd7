import { Command } from 'commander'
import { evalLfwCommand } from './eval-lfw.ts'
import { evalMeshCommand } from './eval-mesh.ts'
import { evalWiderCommand } from './eval-wider.ts'

/** `retinaface eval` */
export function evalCommand(): Command {
  return new Command('eval')
    .description('measure how well models do on annotated pictures')
    .addCommand(evalWiderCommand())
    .addCommand(evalMeshCommand())
    .addCommand(evalLfwCommand())
}
