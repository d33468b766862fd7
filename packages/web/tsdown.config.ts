import { defineConfig, type UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const worker: UserConfig = defineConfig({
  ...library('neutral', 'src/worker.ts'),
  // Import maps do not reach workers, so the worker's script stands alone.
  deps: { alwaysBundle: [/^@retinaface\//, 'onnxruntime-common', 'gl-matrix'], onlyBundle: false },
  // From the sources the files that models name are left out: the page tells the worker their URLs.
  inputOptions: { resolve: { conditionNames: ['@retinaface/source', 'import', 'default'] } },
  // Bundlers by default write workers as one script, which cannot load parts of itself.
  outputOptions: { codeSplitting: false },
  platform: 'browser',
  dts: false,
  publint: false,
  attw: false,
})

const config: UserConfig[] = [
  { ...library('neutral'), entry: ['src/index.ts', 'src/gpu.ts', 'src/onnxruntime.ts'] },
  worker,
]

export default config
