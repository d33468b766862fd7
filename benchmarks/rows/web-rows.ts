import { measureCold } from '../measure/measure-cold.ts'
import { measureRow } from './measure-row.ts'
import { type Row, type RowContext, roundsOf } from './row.ts'
import { webOurs, webPeers, webStraightforward } from './web-contenders.ts'

/** Everything that is measured in the browser. */
export const WEB_ROWS: readonly Row[] = [
  {
    id: 'web-640',
    title: 'Chromium, 640×480 JPEG to faces, one thread',
    how: 'Six photographs of 3 to 5 faces, cropped to 640×480, from an encoded picture in memory; faces are also counted in two crowds. Pages are not isolated, so nobody has more than one thread.',
    run: (context) =>
      measureRow(context, 40, ({ small }) => small, [
        webStraightforward(1),
        webOurs(),
        webOurs({ worker: false }),
        webOurs({ detect: { minFaceSize: 48 } }),
        webOurs({ detect: { inputSize: 256 } }),
        webOurs({ detect: { mesh: true } }),
        ...webPeers,
      ]),
  },
  {
    id: 'web-fast',
    title: 'Chromium, 640×480 JPEG to faces, a small input beside MediaPipe',
    how: 'The same pictures and pages; ratios are to MediaPipe’s detector, which sees 128×128 pixels.',
    run: (context) =>
      measureRow(context, 120, ({ small }) => small, [
        webPeers[0]!,
        ...[256, 224].flatMap((inputSize) => [
          webOurs({ detect: { inputSize } }),
          webOurs({ worker: false, detect: { inputSize } }),
        ]),
      ]),
  },
  {
    id: 'web-640-two-threads',
    title: 'Chromium, 640×480 JPEG to faces, isolated pages',
    how: 'The same where memory may be shared: ONNX Runtime with two threads, our kernels with two and with one.',
    run: (context) =>
      measureRow(context, 30, ({ small }) => small, [
        webStraightforward(2),
        webOurs({ threads: 2 }),
        webOurs({ threads: 2, worker: false }),
        { ...webOurs({ threads: 1 }), place: 'isolated page' },
      ]),
  },
  {
    id: 'web-1920',
    title: 'Chromium, 1920-pixel JPEG to faces, one thread',
    how: 'The same photographs as they are, 1920 pixels wide; all look at 640 pixels.',
    run: (context) =>
      measureRow(context, 30, ({ large }) => large, [
        webStraightforward(1),
        webOurs({ detect: { inputSize: 640 } }),
        webOurs({ detect: { inputSize: 640, minFaceSize: 144 } }),
      ]),
  },
  {
    id: 'web-cold',
    title: 'Chromium, page to the first faces',
    how: 'A fresh browser each time, files from a server on the same machine, one 640×480 JPEG.',
    run: cold,
  },
]

async function cold(context: RowContext) {
  const contenders = [webStraightforward(1), webOurs(), ...webPeers].map((contender) => {
    return { ...contender, rounds: Math.min(contender.rounds ?? 10, 10) }
  })
  const { path } = context.pictures.small[0]!
  const rounds = roundsOf(context, 10)
  return {
    kind: 'cold' as const,
    ...(await measureCold(contenders, path, rounds, context.origin)),
  }
}
