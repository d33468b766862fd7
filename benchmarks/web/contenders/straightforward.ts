import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm'
import { plainDecode } from '../../baselines/plain-decode.ts'
import type { Box } from '../../pictures/known-faces.ts'
import { serveInPage } from '../page/web-contender.ts'

const longSide = 640

// From an encoded picture to faces as one would write it on a first day: the browser decodes, a canvas
// resizes, a loop fills a new float tensor, the runtime runs the network as it comes, a loop decodes.
serveInPage(({ threads }: { readonly threads: number }) => {
  let session: InferenceSession
  return {
    load: async () => {
      env.wasm.numThreads = threads
      session = await InferenceSession.create('/original.onnx')
    },
    detect: async (picture) => {
      const bitmap = await createImageBitmap(picture)
      const scale = longSide / Math.max(bitmap.width, bitmap.height)
      const width = Math.round(bitmap.width * scale)
      const height = Math.round(bitmap.height * scale)
      const canvas = document.createElement('canvas')
      canvas.width = 32 * Math.ceil(width / 32)
      canvas.height = 32 * Math.ceil(height / 32)
      const context = canvas.getContext('2d')!
      context.drawImage(bitmap, 0, 0, width, height)
      const pixels = context.getImageData(0, 0, canvas.width, canvas.height)
      const faces = plainDecode(await session.run({ data: toTensor(pixels) }))
      return faces.map(({ score, box }) => {
        return { score, box: box.map((value) => value / scale) as unknown as Box }
      })
    },
  }
})

function toTensor({ data, width, height }: ImageData): Tensor {
  const values = new Float32Array(3 * width * height)
  for (let channel = 0; channel < 3; channel++) {
    for (let i = 0; i < width * height; i++) {
      values[channel * width * height + i] = data[4 * i + channel]!
    }
  }
  return new Tensor('float32', values, [1, 3, height, width])
}
