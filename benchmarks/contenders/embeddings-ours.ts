import { createRetinaFace } from '@retinaface/node'
import { createRecognizer } from '@retinaface/recognition/node'
import { serve } from '../protocol/serve.ts'

serve(({ flip }: { readonly flip: boolean }) => {
  let retinaface: Awaited<ReturnType<typeof createRetinaFace>>
  let recognizer: Awaited<ReturnType<typeof createRecognizer>>
  return {
    load: async () => {
      retinaface = await createRetinaFace({ threads: 1 })
      recognizer = await createRecognizer(retinaface, { threads: 1 })
    },
    detect: async (path) => {
      const picture = await retinaface.readImage(path)
      const faces = await retinaface.detect(picture)
      const embeddings = await recognizer.embed(picture, faces, { flip })
      return faces.slice(0, embeddings.length)
    },
  }
})
