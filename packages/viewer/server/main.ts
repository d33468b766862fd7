#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type AppServer, startAppServer } from './app-server.ts'
import { openBrowser } from './open-browser.ts'
import { HELP, readArguments, type ServeArguments } from './read-arguments.ts'

const USUAL_PORT = 8460
const folder = fileURLToPath(new URL('./app', import.meta.url))

try {
  await serve(readArguments(process.argv.slice(2)))
} catch (error) {
  process.stderr.write(`retinaface-viewer: ${explain(error)}\n`)
  process.exitCode = 2
}

async function serve({ port, open, help }: ServeArguments): Promise<void> {
  if (help) return void process.stdout.write(HELP)
  if (!existsSync(folder)) throw new Error(`The application is not built: ${folder} is missing.`)
  const server = port === undefined ? await startAnywhere() : await startAppServer(folder, port)
  process.stdout.write(`Face viewer at ${server.origin}/ (end with Ctrl+C)\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close())
  }
  if (open) openBrowser(`${server.origin}/`)
}

async function startAnywhere(): Promise<AppServer> {
  try {
    return await startAppServer(folder, USUAL_PORT)
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error
    return startAppServer(folder, 0)
  }
}

function explain(error: unknown): string {
  const code = codeOf(error)
  if (code === 'EADDRINUSE') return 'That port is taken. Give another with --port, or none.'
  if (code === 'EACCES') return 'That port needs more rights. Give one from 1024 on with --port.'
  return error instanceof Error ? error.message : String(error)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
