import { detectWithSsd, type FaceApi } from '../peers/face-api.ts'
import { loadPeer, peerPath } from '../peers/peer-path.ts'
import { readTensor, startTensorFlow, type TensorFlow } from '../peers/tensorflow.ts'
import { serve } from '../protocol/serve.ts'

serve(() => {
  let tensorFlow: TensorFlow
  let faceApi: FaceApi
  return {
    load: async () => {
      tensorFlow = await startTensorFlow()
      faceApi = loadPeer(peerPath('@vladmandic/face-api/dist/face-api.node-wasm.js'))
      await faceApi.nets.ssdMobilenetv1.loadFromDisk(peerPath('@vladmandic/face-api/model'))
    },
    detect: async (path) => {
      const tensor = await readTensor(tensorFlow, path)
      const faces = await detectWithSsd(faceApi, tensor)
      tensor.dispose()
      return faces
    },
  }
})
