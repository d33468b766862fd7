import type { FoundFace } from '../protocol/contender.ts'

/** What is used of `@vladmandic/face-api` and `face-api.js`, which share their interface. */
export interface FaceApi {
  readonly nets: { readonly ssdMobilenetv1: FaceApiNetwork }
  readonly SsdMobilenetv1Options: new (options: object) => object
  detectAllFaces(picture: unknown, options: object): Promise<readonly FaceApiFace[]>
}

interface FaceApiNetwork {
  loadFromDisk(folder: string): Promise<void>
  loadFromUri(url: string): Promise<void>
}

interface FaceApiFace {
  readonly score: number
  readonly box: { readonly left: number; top: number; right: number; bottom: number }
}

/**
 * Finds faces with the SSD network, as many as there are.
 *
 * @param minConfidence the packages' own by default
 */
export async function detectWithSsd(
  faceApi: FaceApi,
  picture: unknown,
  minConfidence = 0.5,
): Promise<FoundFace[]> {
  const options = new faceApi.SsdMobilenetv1Options({ minConfidence, maxResults: 200 })
  const faces = await faceApi.detectAllFaces(picture, options)
  return faces.map(({ score, box: { left, top, right, bottom } }) => {
    return { score, box: [left, top, right, bottom] }
  })
}
