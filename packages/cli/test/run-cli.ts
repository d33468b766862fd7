import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../../../package.json', import.meta.url))
const tsx = pathToFileURL(createRequire(root).resolve('tsx')).href
const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export interface CliResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly cwd?: string
  readonly input?: Uint8Array
  /** Called with everything printed so far, after each piece. */
  readonly onStdout?: (stdout: string, child: ChildProcessWithoutNullStreams) => void
}

function startCli(
  args: readonly string[],
  cwd: string | undefined,
): ChildProcessWithoutNullStreams {
  const command = ['--conditions=@retinaface/source', '--import', tsx, main, ...args]
  return spawn(process.execPath, command, { cwd, stdio: ['pipe', 'pipe', 'pipe'] })
}

/** Runs the command as a process of its own. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = startCli(args, options.cwd)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    options.onStdout?.(stdout, child)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
