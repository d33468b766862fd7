import { type HelperStart, help } from './kernels/threads/helper.ts'
import type { DetectorStart } from './worker/open-worker.ts'
import { serve } from './worker/serve.ts'

const scope = globalThis as unknown as DedicatedWorkerGlobalScope

// The first message says what this worker is for: a detector, or a thread of one.
const start = ({ data }: MessageEvent<DetectorStart | HelperStart>) => {
  if ('counters' in data) void help(scope, data)
  else serve(scope, data)
}
scope.addEventListener('message', start, { once: true })
