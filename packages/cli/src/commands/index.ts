import type { Command } from 'commander'
import { detectCommand } from './detect.ts'

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly (() => Command)[] = [detectCommand]
