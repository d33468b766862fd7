import { detectWithSsd, type FaceApi } from '../../peers/face-api.ts'
import { drawOnCanvas } from '../page/draw-on-canvas.ts'
import { loadScript } from '../page/load-script.ts'
import { serveInPage } from '../page/web-contender.ts'

// The package has no weights; those of `@vladmandic/face-api` are the same network. Its TensorFlow.js
// of 2020 runs on WebGL.
serveInPage(() => {
  let faceApi: FaceApi
  return {
    load: async () => {
      await loadScript('/peers/face-api.js/dist/face-api.min.js')
      faceApi = (globalThis as unknown as { faceapi: FaceApi }).faceapi
      await faceApi.nets.ssdMobilenetv1.loadFromUri('/peers/@vladmandic/face-api/model')
    },
    detect: async (picture) => detectWithSsd(faceApi, await drawOnCanvas(picture)),
  }
})
