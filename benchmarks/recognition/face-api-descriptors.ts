import type { FaceApi } from '../peers/face-api.ts'
import { loadPeer, peerPath } from '../peers/peer-path.ts'
import { readTensor, startTensorFlow } from '../peers/tensorflow.ts'

/** What is used of `@vladmandic/face-api` beyond detection. */
interface FaceApiWithDescriptors extends FaceApi {
  readonly nets: FaceApi['nets'] & {
    readonly faceLandmark68Net: { loadFromDisk(folder: string): Promise<void> }
    readonly faceRecognitionNet: { loadFromDisk(folder: string): Promise<void> }
  }
  detectAllFaces(picture: unknown, options: object): Described
}

type Described = ReturnType<FaceApi['detectAllFaces']> & {
  withFaceLandmarks(): { withFaceDescriptors(): Promise<readonly DescribedFace[]> }
}

interface DescribedFace {
  readonly descriptor: Float32Array
  readonly detection: {
    readonly score: number
    readonly box: { readonly x: number; y: number; width: number; height: number }
  }
}

/** Opens face-api on WebAssembly; what it gives describes all faces of a picture from its file. */
export async function openFaceApi(): Promise<(path: string) => Promise<readonly DescribedFace[]>> {
  const tensorFlow = await startTensorFlow()
  const file = peerPath('@vladmandic/face-api/dist/face-api.node-wasm.js')
  const faceApi = loadPeer<FaceApiWithDescriptors>(file)
  const models = peerPath('@vladmandic/face-api/model')
  const { ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet } = faceApi.nets
  for (const net of [ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet]) {
    await net.loadFromDisk(models)
  }
  const options = new faceApi.SsdMobilenetv1Options({ minConfidence: 0.5, maxResults: 200 })
  return async (path) => {
    const tensor = await readTensor(tensorFlow, path)
    const faces = await faceApi
      .detectAllFaces(tensor, options)
      .withFaceLandmarks()
      .withFaceDescriptors()
    tensor.dispose()
    return faces
  }
}
