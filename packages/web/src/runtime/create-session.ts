import { ModelLoadError } from '@retinaface/core'
import type { InferenceSession } from 'onnxruntime-common'
import type { ActiveProvider, ExecutionProvider } from './execution-provider.ts'
import { findObstacle } from './find-obstacle.ts'
import { loadRuntime } from './load-runtime.ts'

/** A network that is ready to run, and what runs it. */
export interface RunningSession {
  readonly session: InferenceSession
  readonly provider: ActiveProvider
}

/**
 * Compiles a network for the asked provider, or for WebAssembly where that does not work.
 *
 * @param fallback what runs the network where the browser lacks `asked`
 * @throws {ModelLoadError}
 */
export async function createSession(
  bytes: Uint8Array,
  asked: ExecutionProvider,
  fallback: ExecutionProvider,
  threads: number,
): Promise<RunningSession> {
  const obstacle = await findObstacle(asked.name)
  if (obstacle !== undefined) return createOnWasm(bytes, fallback, threads, obstacle)
  if (asked.name === 'wasm') return createOnWasm(bytes, asked, threads)
  try {
    const session = await compile(bytes, asked, asked.name, threads)
    return { session, provider: { name: asked.name, threads } }
  } catch (error) {
    return createOnWasm(bytes, fallback, threads, String(error))
  }
}

async function createOnWasm(
  bytes: Uint8Array,
  provider: ExecutionProvider,
  threads: number,
  fallbackReason?: string,
): Promise<RunningSession> {
  try {
    const session = await compile(bytes, provider, 'wasm', threads)
    const active = { name: 'wasm' as const, threads }
    return {
      session,
      provider: fallbackReason === undefined ? active : { ...active, fallbackReason },
    }
  } catch (error) {
    throw new ModelLoadError(
      `ONNX Runtime could not load the model: ${String(error)}. Its files are served beside the page's scripts, and a Content-Security-Policy has to allow 'wasm-unsafe-eval'.`,
      error,
    )
  }
}

async function compile(
  bytes: Uint8Array,
  provider: ExecutionProvider,
  name: ExecutionProvider['name'],
  threads: number,
): Promise<InferenceSession> {
  const { InferenceSession } = await loadRuntime(provider, threads)
  return InferenceSession.create(bytes, { executionProviders: [name], logSeverityLevel: 3 })
}
