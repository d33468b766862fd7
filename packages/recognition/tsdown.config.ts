import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const config: UserConfig = {
  ...library('neutral'),
  entry: ['src/index.ts', 'src/node.ts', 'src/web.ts'],
}

export default config
