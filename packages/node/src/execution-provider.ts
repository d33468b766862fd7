import { ProviderUnavailableError } from '@retinaface/core'
import { onnxruntime } from './onnxruntime.ts'

/**
 * What runs the network in ONNX Runtime. `'cpu'` is always there; which others, the installed
 * `onnxruntime-node` decides: `'cuda'` and `'tensorrt'` on Linux, `'dml'` on Windows, `'coreml'` on
 * macOS, `'webgpu'`. They may need drivers and libraries of their own.
 */
export type ExecutionProvider =
  | 'cpu'
  | 'cuda'
  | 'tensorrt'
  | 'dml'
  | 'coreml'
  | 'webgpu'
  // Whatever else an ONNX Runtime may offer.
  | (string & {})

/** Names of the execution providers that the installed ONNX Runtime was built with. */
export function offeredProviders(): string[] {
  return onnxruntime()
    .listSupportedBackends()
    .map(({ name }) => name)
}

/**
 * Says that a provider cannot be used and which may be.
 *
 * @param cause what the runtime failed with, where it offers the provider
 */
export function providerUnavailable(
  provider: ExecutionProvider,
  cause?: unknown,
): ProviderUnavailableError {
  const reason =
    cause === undefined
      ? 'the installed onnxruntime-node does not offer it.'
      : `ONNX Runtime could not start it (${cause instanceof Error ? cause.message : String(cause)}).`
  const others = offeredProviders().filter((name) => name !== provider)
  return new ProviderUnavailableError(provider, reason, others, cause)
}
