import { createRequire } from 'node:module'
import { isMainThread } from 'node:worker_threads'
import { here } from './here.ts'
import { realProcess } from './real-process.ts'

/** A variable of the environment as native code sees it. */
export interface NativeVariable {
  get(): string | undefined
  /** May be without effect. */
  set(value: string): void
}

/**
 * Native code does not see all writes to `process.env`: of Node.js's threads only the main one writes
 * through, and Bun not at all.
 */
export function nativeVariable(name: string): NativeVariable {
  return 'bun' in process.versions ? ofBun(name) : ofNode(name)
}

function ofNode(name: string): NativeVariable {
  const { env } = realProcess
  const set = (value: string) => {
    env[name] = value
  }
  if (isMainThread || 'deno' in process.versions) return { get: () => env[name], set }
  return { get: () => reported()[name], set }
}

/** A worker has a copy of the environment; the report tells of the process. */
function reported(): Readonly<Record<string, string | undefined>> {
  const report: NodeJS.ProcessReport & { excludeNetwork?: boolean } = realProcess.report
  const { excludeNetwork = false } = report
  // Names of hosts would be looked up, which takes seconds.
  report.excludeNetwork = true
  const { environmentVariables } = report.getReport() as unknown as {
    environmentVariables: Record<string, string>
  }
  report.excludeNetwork = excludeNetwork
  return environmentVariables
}

interface EnvironmentCalls {
  getenv(name: Uint8Array): { toString(): string } | null
  setenv(name: Uint8Array, value: Uint8Array, overwrite: number): number
}

function ofBun(name: string): NativeVariable {
  const library = process.platform === 'darwin' ? 'libSystem.B.dylib' : 'libc.so.6'
  const text = (value: string) => Buffer.from(`${value}\0`)
  try {
    const { dlopen } = createRequire(here)('bun:ffi')
    const calls: EnvironmentCalls = dlopen(library, {
      getenv: { args: ['cstring'], returns: 'cstring' },
      setenv: { args: ['cstring', 'cstring', 'i32'], returns: 'i32' },
    }).symbols
    return {
      get: () => calls.getenv(text(name))?.toString(),
      set: (value) => void calls.setenv(text(name), text(value), 1),
    }
  } catch {
    // Other C libraries: what the process was started with is seen, and nothing else.
    return { get: () => process.env[name], set: () => {} }
  }
}
