import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const server: UserConfig = {
  ...library('node'),
  entry: { serve: 'server/main.ts' },
  dts: false,
  publint: false,
  attw: false,
}

const config: UserConfig[] = [
  { ...library('neutral'), entry: ['src/index.ts', 'src/element.ts'] },
  server,
]

export default config
