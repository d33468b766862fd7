import { serve } from './worker/serve.ts'

serve(globalThis as unknown as DedicatedWorkerGlobalScope)
