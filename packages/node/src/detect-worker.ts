import { serveDetector } from '@retinaface/core/platform'
import type { CreateOptions } from './create-options.ts'
import { openThreadPort } from './pool/open-thread-port.ts'

serveDetector(openThreadPort(), async (options: CreateOptions) => {
  // Later than the port is listened to, so that the worker can be ended while it starts.
  const { createRetinaFace } = await import('./create-retinaface.ts')
  return createRetinaFace(options)
})
