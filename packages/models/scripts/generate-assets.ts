import { readFile } from 'node:fs/promises'
import { mnet025DenseHead } from '../src/mesh-branch.ts'
import { mnet025 } from '../src/mnet025.ts'
import { mnet025V1 } from '../src/mnet025-v1.ts'
import { buildDetector, readSource } from './build-detector.ts'
import { buildTopology } from './build-topology.ts'
import { withReducedMaps } from './reduced-maps.ts'
import { int8Detector } from './variants/int8-detector.ts'
import { slimDetector } from './variants/slim-detector.ts'

/** The folder of this package. */
export const PACKAGE_ROOT: URL = new URL('../', import.meta.url)

/** Every file that is made from pinned packages, by its path in this package. */
export async function generateAssets(): Promise<Map<string, Uint8Array>> {
  const original = await readSource(mnet025.source)
  const head = await readFile(mnet025DenseHead.url)
  return new Map([
    ['assets/generated/mnet025.onnx', withReducedMaps(await buildDetector(mnet025.source), head)],
    ['assets/generated/mnet025-slim.onnx', withReducedMaps(slimDetector(original), head)],
    ['assets/generated/mnet025-int8.onnx', int8Detector(original)],
    ['assets/generated/mnet025-v1.onnx', await buildDetector(mnet025V1.source)],
    ['assets/generated/face-topology.safetensors', await buildTopology()],
  ])
}
