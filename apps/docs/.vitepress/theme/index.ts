import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme-without-fonts'
import './style.css'
import './example.css'
import { keepOffline } from './keep-offline.ts'
import LiveExample from './live-example.ts'

const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('LiveExample', LiveExample)
    if (import.meta.env.PROD && !import.meta.env.SSR) keepOffline()
  },
}

export default theme
