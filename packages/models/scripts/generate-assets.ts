import { readFile } from 'node:fs/promises'
import { mnet025 } from '../src/mnet025.ts'
import { mnet025V1 } from '../src/mnet025-v1.ts'
import { buildDetector, readSource } from './build-detector.ts'
import { buildTopology } from './build-topology.ts'
import { withReducedMaps } from './reduced-maps.ts'
import { int8Detector } from './variants/int8-detector.ts'
import { leanDetector } from './variants/lean-detector.ts'
import { slimDetector } from './variants/slim-detector.ts'

/** What this project trained; other files are made from npm packages. */
const trained = (name: string) => readFile(new URL(`weights/${name}`, PACKAGE_ROOT))

/** The folder of this package. */
export const PACKAGE_ROOT: URL = new URL('../', import.meta.url)

/** Every file that is made when this package is built, by its path in it. */
export async function generateAssets(): Promise<Map<string, Uint8Array>> {
  const original = await readSource(mnet025.source)
  const head = await trained('mnet025-dense-head.safetensors')
  const neck = await trained('mnet025-lean-neck.safetensors')
  const leanHead = await trained('mnet025-lean-dense-head.safetensors')
  return new Map([
    ['assets/generated/mnet025.onnx', withReducedMaps(await buildDetector(mnet025.source), head)],
    ['assets/generated/mnet025-slim.onnx', withReducedMaps(slimDetector(original), head)],
    ['assets/generated/mnet025-int8.onnx', int8Detector(original)],
    ['assets/generated/mnet025-v1.onnx', await buildDetector(mnet025V1.source)],
    ['assets/generated/mnet025-lean.onnx', withReducedMaps(leanDetector(original, neck), leanHead)],
    ['assets/generated/face-topology.safetensors', await buildTopology()],
  ])
}
