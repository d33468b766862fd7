import { execFileSync } from 'node:child_process'
import { availableParallelism, cpus, loadavg } from 'node:os'

/** On what, when and how busy. */
export interface Environment {
  readonly date: string
  readonly processor: string
  readonly cores: number
  readonly node: string
  /** What was measured: a commit, with `+` where files had changed since. */
  readonly commit: string
  /** Load average over a minute, before and after; more than the cores means a busy machine. */
  readonly load: readonly [before: number, after: number]
}

/** Says what the machine is, once a row is done. */
export function environmentSince(loadBefore: number): Environment {
  return {
    date: new Date().toISOString().slice(0, 16),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    node: process.version,
    commit: commit(),
    load: [loadBefore, load()],
  }
}

/** Load average over the last minute. */
export function load(): number {
  return Math.round(loadavg()[0]! * 10) / 10
}

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
    const changed = git('status', '--porcelain', '--', '../packages', '.') !== ''
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? '+' : ''}`
  } catch {
    return 'unknown'
  }
}
