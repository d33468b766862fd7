import { nativeVariable } from './native-variable.ts'

const NAME = 'ORT_DISABLE_TELEMETRY'

/**
 * Has ONNX Runtime collect and send nothing, where nobody has decided otherwise.
 *
 * From version 1.29 on its builds for Linux and macOS send usage events to Microsoft unless this
 * variable is set when the first network is loaded (onnxruntime, docs/Privacy.md).
 *
 * @returns whether that is as somebody decided; false where it can only be set from outside
 */
export function silenceTelemetry(): boolean {
  const isWanted = process.env[NAME] === '0'
  if (process.platform === 'win32') return true
  const variable = nativeVariable(NAME)
  if (variable.get() !== undefined || isWanted) return true
  variable.set('1')
  return variable.get() !== undefined
}
