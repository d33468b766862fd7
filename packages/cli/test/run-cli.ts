import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { inject, vi } from 'vitest'

const builtMain = fileURLToPath(new URL('../dist/main.js', import.meta.url))

export interface CliResult {
  /** As a shell has it: 128 and the signal's number if a signal ended the command. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly cwd?: string
  readonly input?: Uint8Array
  /** A file that standard input comes from. */
  readonly stdin?: number
  /** As it is built: with workers, which do not start from the sources. */
  readonly built?: true
  /** Variables of its environment, beside those of the tests. */
  readonly env?: Readonly<Record<string, string>>
  readonly onStart?: (child: ChildProcessWithoutNullStreams) => void
  /** Called with everything printed so far, after each piece. */
  readonly onStdout?: (stdout: string, child: ChildProcessWithoutNullStreams) => void
}

function startCli(
  args: readonly string[],
  { cwd, built, stdin, env }: CliOptions,
): ChildProcessWithoutNullStreams {
  const command = [built ? builtMain : inject('command'), ...args]
  const stdio = [stdin ?? 'pipe', 'pipe', 'pipe'] as const
  // With `stdin` it has no stream of that name.
  return spawn(process.execPath, command, {
    cwd,
    env: { ...process.env, ...env },
    stdio: [...stdio],
  }) as ChildProcessWithoutNullStreams
}

/**
 * Runs the command: with options as a process of its own, else in this one, which saves seconds.
 */
export function runCli(args: readonly string[], options?: CliOptions): Promise<CliResult> {
  if (options) return runProcess(args, options)
  // One after the other: each takes what this process prints.
  const run = latest.then(() => runHere(args))
  latest = run.catch(() => undefined)
  return run
}

let latest: Promise<unknown> = Promise.resolve()

async function runHere(args: readonly string[]): Promise<CliResult> {
  const { runCommandLine } = await import('../src/run-command-line.ts')
  const printed = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text, ...rest) => {
      printed[name] += text
      const done = rest.find((one) => typeof one === 'function')
      done?.()
      return true
    }),
  )
  const exitCode = process.exitCode
  try {
    return { code: await runCommandLine(args), ...printed }
  } finally {
    for (const spy of spies) spy.mockRestore()
    process.exitCode = exitCode
  }
}

function runProcess(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const child = startCli(args, options)
  options.onStart?.(child)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    options.onStdout?.(stdout, child)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(options.input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const shellCode = signal === null ? code : 128 + constants.signals[signal]
      resolve({ code: shellCode, stdout, stderr })
    })
  })
}
