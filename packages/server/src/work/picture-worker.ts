import { subscribe } from 'node:diagnostics_channel'
import type { FaceDetector } from '@retinaface/core'
import { serveCalls } from '@retinaface/core/platform'
import type { CreateOptions, NodeImageSource, Timing } from '@retinaface/node'
import { openThreadPort } from '@retinaface/node/threads'
import type { Outcome, PictureJob } from './picture-job.ts'

const port = openThreadPort()
let detector: Promise<FaceDetector<NodeImageSource>> | undefined

serveCalls<PictureJob>(port, async (call, { signal }) => {
  if (call.kind === 'create') {
    detector = create(call.plan as CreateOptions)
    const { configuration, provider } = await detector
    return { model: configuration.name, provider: provider.name }
  }
  const retinaface = await detector!
  if (call.kind === 'dispose') return retinaface.dispose()
  // Later than the port is listened to, so that the worker can be ended while it starts.
  const { makeOutcome } = await import('./make-outcome.ts')
  // One picture at a time is given to a worker, so all times are its.
  const seconds = { decoding: 0, inference: 0 }
  spent = seconds
  const made = await makeOutcome(retinaface, call, signal)
  return { ...made, seconds } satisfies Outcome
})

let spent = { decoding: 0, inference: 0 }
subscribe('retinaface:decode', (timing) => {
  spent.decoding += (timing as Timing).seconds
})
subscribe('retinaface:inference', (timing) => {
  spent.inference += (timing as Timing).seconds
})

async function create(plan: CreateOptions): Promise<FaceDetector<NodeImageSource>> {
  const { createRetinaFace } = await import('@retinaface/node')
  return createRetinaFace(plan)
}
