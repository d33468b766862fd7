import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const config: UserConfig = {
  ...library('node'),
  entry: ['src/index.ts', 'src/quality-stage.ts'],
}

export default config
