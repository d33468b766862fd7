export { openThreadPort } from './pool/open-thread-port.ts'
export { startThread } from './pool/start-thread.ts'
