import { serve } from '../protocol/serve.ts'
import { openFaceApi } from '../recognition/face-api-descriptors.ts'

serve(() => {
  let describe: Awaited<ReturnType<typeof openFaceApi>>
  return {
    load: async () => {
      describe = await openFaceApi()
    },
    detect: async (path) =>
      (await describe(path)).map(({ detection: { score, box } }) => ({
        score,
        box: [box.x, box.y, box.x + box.width, box.y + box.height],
      })),
  }
})
