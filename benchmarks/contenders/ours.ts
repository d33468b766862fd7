import { createRetinaFace, type DetectOptions, type Precision } from '@retinaface/node'
import type { Contender } from '../protocol/contender.ts'
import { serve } from '../protocol/serve.ts'
import { middleOf } from '../support/middle-of.ts'

interface Options {
  /** Left out where the package's own choice is measured. */
  readonly threads?: number
  readonly precision?: Precision
  readonly detect?: Omit<DetectOptions, 'onProgress'>
}

serve(({ threads, precision, detect: options = {} }: Options): Contender => {
  let retinaface: Awaited<ReturnType<typeof createRetinaFace>>
  return {
    load: async () => {
      retinaface = await createRetinaFace({
        ...(threads ? { threads } : {}),
        ...(precision ? { precision } : {}),
      })
    },
    detect: async (path) => {
      const faces = await retinaface.detect(path, options)
      return faces.map(({ score, box, landmarks: [right, left, nose, ...corners] }) => {
        return { score, box, points: [right, left, nose, middleOf(corners)] }
      })
    },
    detectMany: async (paths) => {
      let count = 0
      for await (const result of retinaface.detectMany(paths, options)) {
        if (result.status === 'ok') count += result.faces.length
        else throw result.error
      }
      return count
    },
  }
})
