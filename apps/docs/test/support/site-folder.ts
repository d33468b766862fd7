import { fileURLToPath } from 'node:url'

/** Where the built site is. */
export const SITE_FOLDER: string = fileURLToPath(new URL('../../.vitepress/dist', import.meta.url))
