import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Box, PixelImage } from '@retinaface/core'
import sharp from 'sharp'

/** A face detector and a face recogniser that are not ours: those of `@vladmandic/face-api`. */
export interface Peer {
  /** Boxes of what it takes for faces, from a score of 0.3 on. */
  findFaces(image: PixelImage): Promise<Box[]>
  /** The 128 numbers that say who a face is; two of one person lie within 0.6 of each other. */
  describeFace(crop: PixelImage): Promise<Float32Array>
}

interface FaceApi {
  readonly env: { setEnv(env: object): void }
  readonly tf: {
    setBackend(name: 'cpu'): Promise<boolean>
    tensor3d(data: Uint8Array, shape: readonly number[], type: 'int32'): { dispose(): void }
  }
  readonly nets: {
    readonly tinyFaceDetector: Network
    readonly faceRecognitionNet: Network & {
      computeFaceDescriptor(tensor: object): Promise<Float32Array>
    }
  }
  readonly TinyFaceDetectorOptions: new (options: object) => object
  detectAllFaces(tensor: object, options: object): Promise<readonly { readonly box: PeerBox }[]>
}

interface Network {
  loadFromDisk(folder: string): Promise<void>
}

interface PeerBox {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

const { resolve } = createRequire(import.meta.url)

/** Loads the peer, on plain JavaScript: a second or more for each network's look at a picture. */
export async function loadPeer(): Promise<Peer> {
  const folder = join(resolve('@vladmandic/face-api/package.json'), '..')
  // Its build for Node.js needs a native library; its build for pages wants to see a page.
  Object.assign(globalThis, { window: { document: {} }, document: {} })
  const file = pathToFileURL(join(folder, 'dist/face-api.esm.js')).href
  const { env, tf, nets, TinyFaceDetectorOptions, detectAllFaces }: FaceApi = await import(file)
  env.setEnv({ readFile, Canvas: class {}, Image: class {}, ImageData: class {}, Video: class {} })
  await tf.setBackend('cpu')
  await nets.tinyFaceDetector.loadFromDisk(join(folder, 'model'))
  await nets.faceRecognitionNet.loadFromDisk(join(folder, 'model'))
  const withTensor = async <Result>(
    image: PixelImage,
    use: (tensor: object) => Promise<Result>,
  ) => {
    const { data, info } = await toSharp(image)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const tensor = tf.tensor3d(data, [info.height, info.width, 3], 'int32')
    const result = await use(tensor)
    tensor.dispose()
    return result
  }
  return {
    findFaces: (image) =>
      withTensor(image, async (tensor) => {
        const options = new TinyFaceDetectorOptions({ scoreThreshold: 0.3, inputSize: 416 })
        const faces = await detectAllFaces(tensor, options)
        return faces.map(
          ({ box: { left, top, right, bottom } }) => [left, top, right, bottom] as const,
        )
      }),
    describeFace: (crop) =>
      withTensor(crop, (tensor) => nets.faceRecognitionNet.computeFaceDescriptor(tensor)),
  }
}

function toSharp({ data, width, height, channels }: PixelImage) {
  return sharp(data, { raw: { width, height, channels } }).toColourspace('srgb')
}
