import { isMainThread } from 'node:worker_threads'

/**
 * Has ONNX Runtime collect and send nothing, where nobody has decided otherwise.
 *
 * From version 1.29 on its builds for Linux and macOS send usage events to Microsoft unless this
 * variable is set when the first network is loaded (onnxruntime, docs/Privacy.md). A worker thread has
 * a copy of the environment, which the library does not see: there a warning says what to do.
 */
export function silenceTelemetry(): void {
  if (process.env.ORT_DISABLE_TELEMETRY !== undefined) return
  process.env.ORT_DISABLE_TELEMETRY = '1'
  if (isMainThread || process.platform === 'win32') return
  process.emitWarning(
    'ONNX Runtime sends usage events to Microsoft, and a worker thread cannot stop it. Import @retinaface/node in the main thread before you start the worker, or start Node.js with ORT_DISABLE_TELEMETRY=1 in its environment.',
    { code: 'RETINAFACE_TELEMETRY' },
  )
}
