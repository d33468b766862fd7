import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** The built server in a process of its own. */
export interface RunningServer {
  readonly url: string
  readonly port: number
  readonly process: ChildProcess
  /** The lines of its log so far. */
  readonly log: readonly string[]
  /** Resolves with its exit code; it has had a signal or ends by itself. */
  readonly exit: Promise<number | null>
  /** Asks it to close and waits until it has. */
  close(): Promise<number | null>
}

/** Starts the built server on a free port. */
export async function startServer(
  args: readonly string[] = [],
  environment: Record<string, string> = {},
): Promise<RunningServer> {
  const child = spawn(process.execPath, [main, '--port', '0', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  const log: string[] = []
  const address = await new Promise<string>((resolve, reject) => {
    let rest = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop()!
      log.push(...lines)
      const [found] = lines.flatMap((line) => /listening at (https?:[^"]+)/.exec(line)?.[1] ?? [])
      if (found) resolve(found)
    })
    exit.then((code) => reject(new Error(`The server ended with ${code}: ${log.join('\n')}`)))
  })
  const close = () => {
    child.kill('SIGTERM')
    return exit
  }
  return { url: address, port: Number(new URL(address).port), process: child, log, exit, close }
}

/** A photo of three faces, 1920×1280. */
export function samplePhoto(): string {
  const manifest = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')
  return join(dirname(manifest), 'demo', 'sample1.jpg')
}
