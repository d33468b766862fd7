import type { Command } from 'commander'
import { alignCommand } from './align.ts'
import { batchCommand } from './batch.ts'
import { blurCommand } from './blur.ts'
import { clusterCommand } from './cluster.ts'
import { detectCommand } from './detect.ts'
import { embedCommand } from './embed.ts'
import { evalCommand } from './eval.ts'
import { meshCommand } from './mesh.ts'
import { modelsCommand } from './models.ts'
import { statusCommand } from './status.ts'
import { verifyCommand } from './verify.ts'
import { workCommand } from './work.ts'

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly (() => Command)[] = [
  detectCommand,
  meshCommand,
  alignCommand,
  blurCommand,
  embedCommand,
  verifyCommand,
  clusterCommand,
  batchCommand,
  workCommand,
  statusCommand,
  evalCommand,
  modelsCommand,
]
