import { createRequire } from 'node:module'
import type * as OnnxRuntime from 'onnxruntime-node'
import { silenceTelemetry } from './silence-telemetry.ts'

silenceTelemetry()

/** Imported, it would be read through for its exports first, which takes as long as loading it. */
export const onnxruntime: typeof OnnxRuntime = createRequire(import.meta.url)('onnxruntime-node')
