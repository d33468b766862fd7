import { pathToFileURL } from 'node:url'

/** The address of this code; bundles that are CommonJS have it in another way. */
export const here: string = import.meta.url ?? pathToFileURL(__filename).href
