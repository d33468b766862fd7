import type { CreateOptions, DetectOptions } from '@retinaface/web'
import { createRetinaFace, createWorkerRetinaFace } from '@retinaface/web'
import { serveInPage } from '../page/web-contender.ts'

interface Options {
  readonly threads?: number
  readonly gpu?: boolean
  /** In a worker, as pages should; in the page itself to measure without the messages. */
  readonly worker?: boolean
  readonly detect?: Omit<DetectOptions, 'onProgress' | 'signal'>
}

serveInPage(({ threads, gpu, worker = true, detect: options = {} }: Options) => {
  let retinaface: Awaited<ReturnType<typeof createWorkerRetinaFace>>
  return {
    load: async () => {
      const create = worker ? createWorkerRetinaFace : createRetinaFace
      const provider = gpu ? { provider: (await import('@retinaface/web/gpu')).webgpu } : {}
      const given: CreateOptions = { ...provider, ...(threads ? { threads } : {}) }
      retinaface = await create(given)
    },
    detect: async (picture) => {
      const faces = await retinaface.detect(picture, options)
      return faces.map(({ score, box }) => ({ score, box }))
    },
  }
})
