import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { ProgramMissingError } from './program-missing-error.ts'

const remedy =
  'Install FFmpeg 4.4 or newer (Debian, Ubuntu: apt install ffmpeg; macOS: brew install ffmpeg; Windows: winget install ffmpeg; or https://ffmpeg.org), or name the program with the option `ffmpeg`.'

/** A running program, with what it says line by line. */
export interface Child {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>
  /** Resolves to its exit code when it has ended; -1 if a signal ended it. */
  readonly ended: Promise<number>
  /** Lines of standard error that tell of errors, the last ones. */
  readonly complaints: readonly string[]
  /** Ends it, and waits until it has. */
  end(): Promise<void>
}

const mostComplaints = 20

/**
 * Starts FFmpeg or a program of its kind, which is to say of what level each of its lines is.
 *
 * @param onLine told of each line of standard error
 */
export function startChild(
  program: string,
  args: readonly string[],
  onLine: (line: string) => void = () => {},
): Child {
  // In a group of its own: Ctrl-C is for the caller, who ends it in the right order.
  const process = spawn(program, args, { stdio: 'pipe', detached: true, windowsHide: true })
  const complaints: string[] = []
  let problem: Error | undefined
  let rest = ''
  const take = (line: string) => {
    onLine(line)
    if (!/\[(?:error|fatal|panic)\]/.test(line)) return
    complaints.push(line.replace(/^(?:\[[^\]]*\] ?)+/, '').trim())
    if (complaints.length > mostComplaints) complaints.shift()
  }
  process.stderr.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split(/[\r\n]+/)
    rest = lines.pop()!
    for (const line of lines) take(line)
  })
  process.stderr.on('end', () => take(rest))
  // Writing to one that has ended is found out by its exit code.
  process.stdin.on('error', () => undefined)
  process.on('error', (error) => {
    problem = error
  })
  const ended = new Promise<number>((resolve, reject) => {
    process.on('close', (code) => {
      if (!problem) resolve(code ?? -1)
      else
        reject(
          new ProgramMissingError(program, `does not start (${problem.message}).`, remedy, problem),
        )
    })
  })
  ended.catch(() => undefined)
  return {
    process,
    ended,
    complaints,
    async end() {
      process.kill('SIGKILL')
      await ended.catch(() => undefined)
    },
  }
}

/** Runs a program to its end and gives what it printed. */
export async function runChild(
  program: string,
  args: readonly string[],
): Promise<{
  readonly code: number
  readonly stdout: string
  readonly complaints: readonly string[]
}> {
  const child = startChild(program, args)
  child.process.stdin.end()
  let stdout = ''
  child.process.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  return { code: await child.ended, stdout, complaints: child.complaints }
}
