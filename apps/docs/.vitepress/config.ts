import { type DefaultTheme, defineConfig, type UserConfig } from 'vitepress'
import { SIDEBAR } from './sidebar.ts'

const config: UserConfig<DefaultTheme.Config> = defineConfig({
  lang: 'en',
  title: 'RetinaFace for TypeScript',
  description: 'Every face of a picture in one pass: boxes, landmarks and 3D meshes.',
  srcExclude: ['README.md'],
  cleanUrls: true,
  // Until every page is written.
  ignoreDeadLinks: true,
  themeConfig: {
    sidebar: SIDEBAR,
    search: { provider: 'local' },
  },
})

export default config
