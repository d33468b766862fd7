import type { PixelImage } from '@retinaface/node'
import type { FoundFace } from '../protocol/contender.ts'
import { detectWithSsd, type FaceApi } from './face-api.ts'
import { loadPeer, peerPath } from './peer-path.ts'
import { startTensorFlow } from './tensorflow.ts'

/**
 * Opens face-api's SSD network in this process, for pixels.
 *
 * @param minConfidence the package's own by default
 */
export async function openSsd(
  minConfidence?: number,
): Promise<(image: PixelImage) => Promise<FoundFace[]>> {
  const tensorFlow = await startTensorFlow()
  const faceApi = loadPeer<FaceApi>(peerPath('@vladmandic/face-api/dist/face-api.node-wasm.js'))
  await faceApi.nets.ssdMobilenetv1.loadFromDisk(peerPath('@vladmandic/face-api/model'))
  return async ({ data, width, height }) => {
    const tensor = tensorFlow.tensor3d(Uint8Array.from(data), [height, width, 3], 'int32')
    const faces = await detectWithSsd(faceApi, tensor, minConfidence)
    tensor.dispose()
    return faces
  }
}
