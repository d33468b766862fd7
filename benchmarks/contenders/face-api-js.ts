import { detectWithSsd, type FaceApi } from '../peers/face-api.ts'
import { loadPeer, peerPath } from '../peers/peer-path.ts'
import { readTensor, type TensorFlow } from '../peers/tensorflow.ts'
import { serve } from '../protocol/serve.ts'

// The package brings its own TensorFlow.js of 2020, which has plain JavaScript only in Node.js, and no
// weights; those of `@vladmandic/face-api` are the same network.
serve(() => {
  let faceApi: FaceApi & { readonly tf: TensorFlow }
  return {
    load: async () => {
      faceApi = loadPeer('face-api.js')
      await faceApi.nets.ssdMobilenetv1.loadFromDisk(peerPath('@vladmandic/face-api/model'))
    },
    detect: async (path) => {
      const tensor = await readTensor(faceApi.tf, path)
      const faces = await detectWithSsd(faceApi, tensor)
      tensor.dispose()
      return faces
    },
  }
})
