import { ModelLoadError } from '@retinaface/core'
import type * as OnnxRuntime from 'onnxruntime-node'
import { realRequire } from './real-process.ts'
import { silenceTelemetry } from './silence-telemetry.ts'

// When the package is imported: in the main thread that holds for all workers.
silenceTelemetry()

let loaded: typeof OnnxRuntime | undefined

/**
 * ONNX Runtime, loaded when it is first needed.
 *
 * @throws {ModelLoadError} where its telemetry can neither be turned off nor was left on by the user
 */
export function onnxruntime(): typeof OnnxRuntime {
  loaded ??= load()
  return loaded
}

function load(): typeof OnnxRuntime {
  if (!silenceTelemetry()) {
    throw new ModelLoadError(
      'ONNX Runtime is not loaded, since it would send usage events to Microsoft, and this thread cannot stop it. Import @retinaface/node in the main thread before you start the worker, or start the process with ORT_DISABLE_TELEMETRY=1 in its environment; 0 leaves the events on.',
    )
  }
  // Imported, it would be read through for its exports first, which takes as long as loading it.
  return realRequire('onnxruntime-node')
}
