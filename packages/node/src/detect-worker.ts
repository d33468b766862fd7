import { parentPort, workerData } from 'node:worker_threads'
import { createNodeRetinaFace } from './create-retinaface.ts'
import type { PoolReply, PoolRequest } from './pool/protocol.ts'

const port = parentPort!
const running = new Map<number, AbortController>()
const post = (reply: PoolReply) => port.postMessage(reply)
const retinaface = await createNodeRetinaFace(workerData)

port.on('message', (request: PoolRequest) => {
  if (request.kind === 'detect') void detect(request)
  else if (request.kind === 'abort') running.get(request.id)?.abort()
  else void retinaface.dispose().then(() => port.close())
})
post({ kind: 'ready' })

async function detect({
  id,
  source,
  options,
}: Extract<PoolRequest, { kind: 'detect' }>): Promise<void> {
  const stop = new AbortController()
  running.set(id, stop)
  try {
    const found = await retinaface.detectSized(source, { ...options, signal: stop.signal })
    post({ kind: 'done', id, found })
  } catch (error) {
    post({ kind: 'failed', id, reason: String(error) })
  } finally {
    running.delete(id)
  }
}
