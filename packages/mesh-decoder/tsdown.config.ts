import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const config: UserConfig = {
  ...library('neutral'),
  entry: ['src/index.ts', 'src/errors.ts', 'src/kernel.ts'],
}

export default config
