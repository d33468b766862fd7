import { type CancelController, createController, untilAborted } from '../cancel/cancel-signal.ts'
import type { FaceDetector } from '../detector/face-detector.ts'
import type { RemoteCall, RemotePort, RemoteReply, RemoteRequest } from './protocol.ts'
import { serializeError } from './serialize-error.ts'

/**
 * Has a detector answer the calls of a `RemoteDetector`, as many at a time as come.
 *
 * @param create makes the detector from what the other side says
 */
export function serveDetector<Plan, Source>(
  port: RemotePort,
  create: (plan: Plan, onProgress: (progress: unknown) => void) => Promise<FaceDetector<Source>>,
): void {
  const running = new Map<number, CancelController>()
  const post = (reply: RemoteReply) => port.postMessage(reply)
  let creation: Promise<FaceDetector<Source>> | undefined

  port.onMessage((request: RemoteRequest) => {
    if ('isStopped' in request) running.get(request.id)?.abort()
    else void answer(request.id, request.call)
  })

  async function answer(id: number, call: RemoteCall): Promise<void> {
    const stop = createController()
    running.set(id, stop)
    try {
      post({ id, result: await perform(call, stop, (progress) => post({ id, progress })) })
    } catch (error) {
      post({ id, error: serializeError(error) })
    } finally {
      running.delete(id)
      // It was made for this call; left to the collector, bitmaps pile up.
      if ('source' in call) closeAll([call.source])
    }
  }

  async function perform(
    call: RemoteCall,
    { signal }: CancelController,
    onProgress: (progress: unknown) => void,
  ): Promise<unknown> {
    if (call.kind === 'create') creation = create(call.plan as Plan, onProgress)
    const detector = await untilAborted(signal, creation!)
    const source = 'source' in call ? (call.source as Source) : undefined!
    switch (call.kind) {
      case 'create': {
        const { configuration, givesContextFeatures, stageNames, provider } = detector
        return { configuration, givesContextFeatures, stageNames, provider }
      }
      case 'detect':
        return detector.detectSized(source, { ...call.options, signal, onProgress })
      case 'readImage':
        return detector.readImage(source, signal)
      case 'align':
        return detector.align(source, call.faces, call.options)
      case 'dispose':
        return detector.dispose()
    }
  }
}

/** Closes those that hold more memory than the collector knows of, as bitmaps. */
export function closeAll(values: readonly unknown[]): void {
  for (const value of values) {
    const isObject = typeof value === 'object' && value !== null
    if (isObject && 'close' in value && typeof value.close === 'function') value.close()
  }
}
