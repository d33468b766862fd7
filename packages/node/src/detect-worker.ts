import { parentPort, workerData } from 'node:worker_threads'
import type { PoolReply, PoolRequest, WorkerStart } from './pool/protocol.ts'
import { beginLife } from './pool/worker-life.ts'

const { options, life }: WorkerStart = workerData
beginLife(life)
const port = parentPort!
const running = new Map<number, AbortController>()
const post = (reply: PoolReply) => port.postMessage(reply)
const loading = load()

port.on('message', (request: PoolRequest) => {
  if (request.kind === 'detect') void detect(request)
  else if (request.kind === 'abort') running.get(request.id)?.abort()
  else if (request.kind === 'close') void close()
  else process.exit()
})
await loading
post({ kind: 'ready' })

async function load() {
  // Later than the port is listened to, so that the worker can be ended while it starts.
  const { createNodeRetinaFace } = await import('./create-retinaface.ts')
  return createNodeRetinaFace(options)
}

async function detect({
  id,
  source,
  options,
  tells,
}: Extract<PoolRequest, { kind: 'detect' }>): Promise<void> {
  const stop = new AbortController()
  running.set(id, stop)
  try {
    const retinaface = await loading
    const found = await retinaface.detectSized(source, {
      ...options,
      signal: stop.signal,
      ...(tells ? { onProgress: (progress) => post({ kind: 'progress', id, progress }) } : {}),
    })
    post({ kind: 'done', id, found })
  } catch (error) {
    post({ kind: 'failed', id, reason: String(error) })
  } finally {
    running.delete(id)
  }
}

async function close(): Promise<void> {
  await (await loading).dispose()
  port.close()
}
