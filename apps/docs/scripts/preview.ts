// Serves the built site with the headers that a host should send.
import { fileURLToPath } from 'node:url'
import { serveSite } from './serve-site.ts'

const { origin } = await serveSite(
  fileURLToPath(new URL('../.vitepress/dist', import.meta.url)),
  Number(process.env.PORT ?? 4173),
)
console.log(`The built site: ${origin}`)
