import { type DefaultTheme, defineConfig, type UserConfig } from 'vitepress'
import { showCodeTitles } from './code-titles.ts'
import { finishSite } from './finish-site.ts'
import { includeParts } from './include-parts.ts'
import { nameOptions, renderForSearch } from './name-options.ts'
import { referenceSidebars } from './reference-sidebar.ts'
import { sidebar } from './sidebar.ts'
import { isolation, plainRuntime, workerSource } from './vite-plugins.ts'

const conditions = ['@retinaface/source']

const config: UserConfig<DefaultTheme.Config> = defineConfig({
  lang: 'en',
  title: 'RetinaFace for TypeScript',
  description: 'Every face of a picture in one pass: boxes, landmarks and 3D meshes.',
  srcExclude: ['README.md'],
  head: [['link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }]],
  cleanUrls: true,
  metaChunk: true,
  // Visitors fetch what they read; after the first visit the service worker has all pages.
  router: { prefetchLinks: false },
  markdown: {
    // Addresses in what is included, as in a message of a benchmark, are no links.
    linkify: false,
    image: { lazyLoading: true },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    config: (markdown) => {
      includeParts(markdown)
      showCodeTitles(markdown)
      nameOptions(markdown)
    },
  },
  themeConfig: {
    logo: '/icon.svg',
    siteTitle: 'RetinaFace',
    nav: [
      { text: 'Guide', link: '/guide/quick-start', activeMatch: '/guide/' },
      { text: 'Examples', link: '/examples/photo', activeMatch: '/examples/' },
      { text: 'Recipes', link: '/recipes/avatars', activeMatch: '/recipes/' },
      { text: 'Reference', link: '/reference/', activeMatch: '/reference/' },
    ],
    sidebar: { '/': sidebar(), ...referenceSidebars() },
    outline: [2, 3],
    search: { provider: 'local', options: { _render: renderForSearch } },
  },
  buildEnd: ({ outDir }) => finishSite(outDir),
  vite: {
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    server: { fs: { allow: ['../..'] } },
    plugins: [isolation, workerSource, plainRuntime],
    worker: {
      format: 'es',
      plugins: () => [workerSource],
      // Named as the page's own, so that a file that both name is there once.
      rollupOptions: { output: { assetFileNames: 'assets/[name].[hash].[ext]' } },
    },
    build: { assetsInlineLimit: 0, target: 'es2022', chunkSizeWarningLimit: 1000 },
  },
})

export default config
