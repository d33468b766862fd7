import type { NetworkSession } from '@retinaface/core/platform'
import type { InferenceSession } from 'onnxruntime-node'
import { bufferFreer } from './free-buffers.ts'
import { inference, timed } from './timing.ts'

type Outputs = InferenceSession.OnnxValueMapType

/**
 * A session that has its outputs written into the same memory as long as their sizes stay, and frees
 * the copies that the runtime makes of them.
 *
 * Memory of its own choice cost the runtime 1.4 of 34 ms at 1024×768. The copies are megabytes a run,
 * for which the collector would come by every few runs. Outputs are valid until the next run.
 */
export function reuseOutputs(session: InferenceSession): NetworkSession {
  const free = bufferFreer()
  let kept: { readonly key: string; readonly outputs: Outputs } | undefined
  let copies: Outputs = {}
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    run: async (feeds, names) => {
      free(Object.values(copies).map(({ data }) => (data as Float32Array<ArrayBuffer>).buffer))
      copies = {}
      const sizes = Object.values(feeds).map(({ dims }) => dims)
      const key = JSON.stringify([sizes, names])
      if (kept?.key === key) {
        const { outputs } = kept
        copies = await timed(inference, () => session.run(feeds, outputs))
        return copies
      }
      const outputs = await timed(inference, () => session.run(feeds, names))
      kept = { key, outputs }
      return outputs
    },
    release: () => session.release(),
  }
}
