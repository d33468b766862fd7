import sharp from 'sharp'
import { loadPeer, peerPath } from './peer-path.ts'

/** The part of TensorFlow.js that is used. */
export interface TensorFlow {
  setBackend(name: string): Promise<boolean>
  ready(): Promise<void>
  tensor3d(pixels: Uint8Array, shape: readonly number[], type: 'int32'): PictureTensor
}

/** A picture as TensorFlow.js holds it. */
export interface PictureTensor {
  dispose(): void
}

/** Where the WebAssembly backend's files are. */
export const WASM_FOLDER: string = peerPath('@tensorflow/tfjs-backend-wasm/dist/')

/**
 * TensorFlow.js on WebAssembly: the fastest backend that comes whole from the npm registry. The native
 * one fetches its library from elsewhere when it is installed.
 */
export async function startTensorFlow(): Promise<TensorFlow> {
  const tensorFlow = loadPeer<TensorFlow>('@tensorflow/tfjs')
  const { setWasmPaths } = loadPeer<{ setWasmPaths(folder: string): void }>(
    '@tensorflow/tfjs-backend-wasm',
  )
  setWasmPaths(WASM_FOLDER)
  await tensorFlow.setBackend('wasm')
  await tensorFlow.ready()
  return tensorFlow
}

/** Decodes a picture as the peers' own examples for Node.js do it, but with sharp. */
export async function readTensor(
  tensorFlow: Pick<TensorFlow, 'tensor3d'>,
  path: string,
): Promise<PictureTensor> {
  const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return tensorFlow.tensor3d(data, [info.height, info.width, 3], 'int32')
}
