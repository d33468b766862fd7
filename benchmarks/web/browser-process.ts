import { readdirSync, readFileSync } from 'node:fs'

// Linux counts processor time in hundredths of a second.
const millisecondsPerTick = 10

/** A process and those that it started, and so on. */
export class ProcessTree {
  private readonly root: number

  constructor(root: number) {
    this.root = root
  }

  /** Milliseconds of processor time of all of them. */
  processorTime(): number {
    return this.members().reduce((sum, pid) => {
      const [user = 0, system = 0] = statOf(pid).slice(14, 16).map(Number)
      return sum + millisecondsPerTick * (user + system)
    }, 0)
  }

  /** The most memory that a page's process ever held, in bytes. */
  peakPageMemory(): number {
    const pages = this.members().filter((pid) =>
      /--type=renderer/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')),
    )
    return Math.max(...pages.map(peakMemoryOf))
  }

  private members(): number[] {
    const parents = new Map<number, number>()
    for (const name of readdirSync('/proc')) {
      const pid = Number(name)
      if (Number.isInteger(pid)) parents.set(pid, Number(statOf(pid)[4] ?? 0))
    }
    const isMember = (pid: number): boolean => {
      if (pid === this.root) return true
      const parent = parents.get(pid) ?? 0
      return parent > 1 && isMember(parent)
    }
    return [...parents.keys()].filter(isMember)
  }
}

/** The fields of `/proc/pid/stat` as proc(5) counts them from 1; none once the process has ended. */
function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return ['', ...stat.replace(/\(.*\)/, 'name').split(' ')]
  } catch {
    return []
  }
}

function peakMemoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024
}
