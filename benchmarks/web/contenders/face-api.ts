import { detectWithSsd, type FaceApi } from '../../peers/face-api.ts'
import { drawOnCanvas } from '../page/draw-on-canvas.ts'
import { serveInPage } from '../page/web-contender.ts'

interface TensorFlow {
  setWasmPaths(folder: string): void
  setBackend(name: string): Promise<boolean>
  ready(): Promise<void>
}

const build = '/peers/@vladmandic/face-api/dist/face-api.esm.js'

serveInPage(() => {
  let faceApi: FaceApi & { readonly tf: TensorFlow }
  return {
    load: async () => {
      faceApi = await import(build)
      faceApi.tf.setWasmPaths('/peers/@tensorflow/tfjs-backend-wasm/dist/')
      await faceApi.tf.setBackend('wasm')
      await faceApi.tf.ready()
      await faceApi.nets.ssdMobilenetv1.loadFromUri('/peers/@vladmandic/face-api/model')
    },
    detect: async (picture) => detectWithSsd(faceApi, await drawOnCanvas(picture)),
  }
})
