import { readFile } from 'node:fs/promises'
import { env, InferenceSession, Tensor } from 'onnxruntime-web'
import Retinaface from 'retinaface'
import sharp from 'sharp'
import { ORIGINAL_NETWORK } from '../baselines/original-network.ts'
import { serve } from '../protocol/serve.ts'

const side = 640

// The package reads browser images only, so sharp draws the 640×640 canvas that it would draw.
serve(({ threads }: { readonly threads: number }) => {
  let detector: Retinaface
  return {
    load: async () => {
      env.wasm.numThreads = threads
      const session = await InferenceSession.create(await readFile(ORIGINAL_NETWORK))
      detector = new Retinaface(session, Tensor)
    },
    detect: async (path) => {
      const { width, height } = await sharp(path).metadata()
      const data = await sharp(path)
        .resize(side, side, { fit: 'contain', position: 'left top', background: '#000' })
        .ensureAlpha()
        .raw()
        .toBuffer()
      const canvas = { data: new Uint8ClampedArray(data), width: side, height: side }
      const scale = side / Math.max(width, height)
      const faces = await detector.detect(canvas as ImageData, scale)
      return faces.map(({ prob, rect }) => ({ score: prob, box: rect }))
    },
  }
})
