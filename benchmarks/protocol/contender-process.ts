import { type ChildProcess, fork } from 'node:child_process'
import type { Reply, Request, Success } from './contender.ts'
import type { RunningContender } from './contender-spec.ts'

/** How a contender's process is started. */
export interface ContenderCommand {
  /** The script. */
  readonly script: string
  readonly execArgv: readonly string[]
  /** Handed to the contender; any JSON. */
  readonly options: unknown
  /** The only processor that it may use (by `taskset`). */
  readonly core?: number
}

// The slowest peer needs eight seconds for a picture.
const patience = 120_000

/** A contender in a process of its own. */
export class ContenderProcess implements RunningContender {
  private readonly child: ChildProcess
  private readonly gone: Promise<never>
  private complaints = ''

  constructor({ script, execArgv, options, core }: ContenderCommand) {
    const pinned = core !== undefined
    this.child = fork(script, [JSON.stringify(options)], {
      execPath: pinned ? 'taskset' : process.execPath,
      execArgv: pinned ? ['-c', `${core}`, process.execPath, ...execArgv] : [...execArgv],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.child.stderr!.on('data', (text) => {
      this.complaints = `${this.complaints}${text}`.slice(-2000)
    })
    this.gone = new Promise((_, reject) => {
      this.child.on('error', reject)
      this.child.on('exit', (code, signal) => {
        reject(new Error(`its process ended with ${signal ?? code}: ${this.complaint()}`))
      })
    })
    this.gone.catch(() => undefined)
  }

  /** @throws what the contender threw, or that its process ended or does not answer. */
  async ask(request: Request): Promise<Success> {
    const reply = new Promise<Reply>((resolve) => this.child.once('message', resolve))
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      const say = () => reject(new Error(`no answer to ${request.kind} in ${patience / 1000} s`))
      timer = setTimeout(say, patience)
    })
    try {
      this.child.send(request)
      const answer = await Promise.race([reply, this.gone, late])
      if ('error' in answer) throw new Error(answer.error)
      return answer
    } finally {
      clearTimeout(timer)
    }
  }

  private complaint(): string {
    const lines = this.complaints.split('\n')
    return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? '').trim()
  }

  /** Ends the process. */
  async close(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.gone.catch(() => undefined)
  }
}
