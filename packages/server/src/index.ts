export { createServer } from './create-server.ts'
export type { ServerLimits, ServerOptions, UrlOptions } from './server-options.ts'
