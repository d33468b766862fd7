import { createRetinaFace } from '@retinaface/node'
import { InferenceSession } from 'onnxruntime-node'
import type { Contender } from '../protocol/contender.ts'
import { serve } from '../protocol/serve.ts'
import { timingOf } from '../support/interleave.ts'

/** Milliseconds that the runtime has worked, whoever asked it to. */
let inRuntime = 0

type Run = (...args: readonly unknown[]) => Promise<unknown>

/** Puts a clock around the runtime, which the package under test shares with this script. */
function timeRuntime(): void {
  const create: Run = InferenceSession.create.bind(InferenceSession) as Run
  const timedCreate: Run = async (...args) => {
    const session = (await create(...args)) as InferenceSession
    const run: Run = session.run.bind(session) as Run
    const timedRun: Run = async (...inputs) => {
      const start = performance.now()
      const outputs = await run(...inputs)
      inRuntime += performance.now() - start
      return outputs
    }
    return Object.assign(session, { run: timedRun })
  }
  Object.assign(InferenceSession, { create: timedCreate })
}

/** Our own pipeline with a clock around the runtime. */
serve((options: { readonly threads: number }): Contender => {
  let retinaface: Awaited<ReturnType<typeof createRetinaFace>>
  return {
    load: async () => {
      timeRuntime()
      retinaface = await createRetinaFace(options)
    },
    detect: async (path) => retinaface.detect(path),
    stages: async (path) => {
      const whole = await timingOf(() => retinaface.detect(path))
      const pixels = await retinaface.readImage(path)
      inRuntime = 0
      const undecoded = await timingOf(() => retinaface.detect(pixels))
      return { whole: whole.wall, network: inRuntime, around: undecoded.wall - inRuntime }
    },
  }
})
