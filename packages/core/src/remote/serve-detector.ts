import { untilAborted } from '../cancel/cancel-signal.ts'
import type { FaceDetector } from '../detector/face-detector.ts'
import type { RemoteCall, RemotePort } from './protocol.ts'
import { serveCalls } from './serve-calls.ts'

/**
 * Has a detector answer the calls of a `RemoteDetector`, as many at a time as come.
 *
 * @param create makes the detector from what the other side says
 */
export function serveDetector<Plan, Source>(
  port: RemotePort,
  create: (plan: Plan, onProgress: (progress: unknown) => void) => Promise<FaceDetector<Source>>,
): void {
  let creation: Promise<FaceDetector<Source>> | undefined

  serveCalls<RemoteCall>(port, async (call, { signal, onProgress }) => {
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
  })
}
