import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const config: UserConfig = {
  ...library('node'),
  entry: ['src/index.ts', 'src/results.ts', 'src/threads.ts', 'src/detect-worker.ts'],
}

export default config
