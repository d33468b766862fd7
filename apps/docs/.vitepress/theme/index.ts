import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import './style.css'
import './example.css'
import { DownloadTable } from './download-table.ts'
import { keepOffline } from './keep-offline.ts'
import LiveExample from './live-example.ts'

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('LiveExample', LiveExample)
    app.component('DownloadTable', DownloadTable)
    if (import.meta.env.PROD && !import.meta.env.SSR) keepOffline()
  },
}

export default theme
