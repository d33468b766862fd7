import { InferenceSession } from 'onnxruntime-node'

/** Runs of networks of this thread; workers have modules of their own. */
export const runsHere = { count: 0 }

const { create } = InferenceSession
Object.assign(InferenceSession, {
  create: async (...given: Parameters<typeof create>) => {
    const session = await create(...given)
    const run = session.run.bind(session)
    return Object.assign(session, {
      run: (...inputs: Parameters<typeof run>) => {
        runsHere.count += 1
        return run(...inputs)
      },
    })
  },
})
