import type { InferenceSession } from 'onnxruntime-common'
import type { ExecutionProvider } from './execution-provider.ts'
import { loadRuntime } from './load-runtime.ts'

/** Compiles a network in ONNX Runtime Web. */
export async function createSession(
  bytes: Uint8Array,
  provider: ExecutionProvider,
  threads: number,
): Promise<InferenceSession> {
  const { InferenceSession } = await loadRuntime(provider, threads)
  return InferenceSession.create(bytes, {
    executionProviders: [provider.name],
    logSeverityLevel: 3,
  })
}
