import { defineConfig, type UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const worker: UserConfig = defineConfig({
  ...library('neutral', 'src/worker.ts'),
  // Import maps do not reach workers, so the worker's script stands alone.
  noExternal: [/^@retinaface\//, 'onnxruntime-common'],
  dts: false,
  publint: false,
  attw: false,
})

const config: UserConfig[] = [
  { ...library('neutral'), entry: ['src/index.ts', 'src/gpu.ts'] },
  worker,
]

export default config
