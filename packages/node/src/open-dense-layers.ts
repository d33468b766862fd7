import type { DenseLayers, HeadProgram } from '@retinaface/core/platform'
import { DENSE_COARSE, DENSE_INPUT, DENSE_OUTPUT, denseModel } from '@retinaface/models'
import { bytesOf } from './any-realm.ts'
import { onnxruntime } from './onnxruntime.ts'

/** Faces that go through the layers together. */
const BATCH = 128

/**
 * The dense layers of a mesh branch in ONNX Runtime, whose kernels use the processor's widest
 * registers: 1.0 ms for a hundred faces where WebAssembly takes 2.7.
 */
export async function openDenseLayers(layers: DenseLayers, threads: number): Promise<HeadProgram> {
  const { InferenceSession, Tensor } = onnxruntime()
  const session = await InferenceSession.create(bytesOf(denseModel(layers)), {
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
  })
  const [first] = layers.head
  const width = first!.weight.length / first!.bias.length
  const inputs = new Float32Array(BATCH * width)
  return {
    inputs: rowsOf(inputs, BATCH),
    run: async (faces) => {
      const data = inputs.subarray(0, faces * width)
      const tensor = new Tensor('float32', data, [faces, width])
      const outputs = await session.run({ [DENSE_INPUT]: tensor })
      const rows = (name: string) => rowsOf(outputs[name]!.data as Float32Array, faces)
      const coarse = layers.decoder ? { coarse: rows(DENSE_COARSE) } : {}
      return { outputs: rows(DENSE_OUTPUT), ...coarse }
    },
    release: () => session.release(),
  }
}

function rowsOf(values: Float32Array, count: number): Float32Array[] {
  const width = values.length / count
  return Array.from({ length: count }, (_, row) => {
    return values.subarray(row * width, (row + 1) * width)
  })
}
