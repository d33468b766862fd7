import type { UserConfig } from 'tsdown'
import { library } from '../../tsdown.base.ts'

const config: UserConfig = {
  ...library('node'),
  entry: {
    index: 'src/index.ts',
    main: 'src/main.ts',
    'picture-worker': 'src/work/picture-worker.ts',
  },
}

export default config
