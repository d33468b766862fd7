import { measureCold } from '../measure/measure-cold.ts'
import { measureFolder } from '../measure/measure-folder.ts'
import { measurePeak } from '../measure/measure-peak.ts'
import { measureStages } from '../measure/measure-stages.ts'
import { makePhotoFolder } from '../pictures/picture-sets.ts'
import type { ContenderSpec } from '../protocol/contender-spec.ts'
import { measureRow } from './measure-row.ts'
import {
  decodingAll,
  ours,
  retinafaceNpm,
  straightforward,
  tensorFlowPeers,
} from './node-contenders.ts'
import { type Row, type RowContext, roundsOf } from './row.ts'

/** Everything that is measured in Node.js. */
export const NODE_ROWS: readonly Row[] = [
  {
    id: 'node-640',
    title: 'Node.js, 640×480 JPEG to faces, one thread',
    how: 'Six photographs of 3 to 5 faces, cropped to 640×480; faces are also counted in two crowds.',
    run: (context) =>
      measureRow(context, 60, ({ small }) => small, [...networks(1), ...tensorFlowPeers]),
  },
  {
    id: 'node-640-two-threads',
    title: 'Node.js, 640×480 JPEG to faces, two threads',
    how: 'The same with two threads in the network.',
    run: (context) => measureRow(context, 40, ({ small }) => small, networks(2)),
  },
  {
    id: 'node-1920',
    title: 'Node.js, 1920-pixel JPEG to faces, one thread',
    how: 'The same photographs as they are, 1920 pixels wide; all look at 640 pixels where nothing else is said; the last looks at every pixel.',
    run: (context) =>
      measureRow(context, 40, ({ large }) => large, [
        decodingAll,
        { ...straightforward(1), name: 'straightforward, sharp resizes as it decodes' },
        ours({ threads: 1, detect: { inputSize: 640 } }),
        ours({ threads: 1, precision: 'int8', detect: { inputSize: 640 } }),
        ours({ threads: 1, precision: 'int8', detect: { minFaceSize: 96 } }),
        ours({ threads: 1 }),
      ]),
  },
  {
    id: 'node-folder',
    title: 'Node.js, a folder of 500 photographs on one and on two cores',
    how: 'Photographs of 480 to 1600 pixels, in stretches; one core is one that the system lets the process use.',
    run: folder,
  },
  {
    id: 'node-stages',
    title: 'Node.js, what surrounds the network at 640×480',
    how: 'Our pipeline on one thread from decoded pixels to faces, less the time in the runtime.',
    run: async (context) => ({
      kind: 'stages',
      result: await measureStages(context.pictures.small, roundsOf(context, 60), context.origin),
    }),
  },
  {
    id: 'node-peak',
    title: 'Node.js, how near each network comes to the processor’s peak',
    how: 'One pass at 640×480 on one thread against the fastest of three large matrix products in the same arithmetic.',
    run: async (context) => ({ kind: 'peak', results: await measurePeak(roundsOf(context, 30)) }),
  },
  {
    id: 'node-cold',
    title: 'Node.js, process start to the first faces',
    how: 'A fresh process each time, one 640×480 JPEG, each at its own default number of threads.',
    run: cold,
  },
]

function networks(threads: number): ContenderSpec[] {
  return [
    straightforward(threads),
    ours({ threads }),
    ours({ threads, detect: { minFaceSize: 32 } }),
    ours({ threads, precision: 'int8' }),
    ours({ threads, precision: 'int8', detect: { minFaceSize: 32 } }),
    ours({ threads, precision: 'int8', detect: { minFaceSize: 48 } }),
    ours({ threads, precision: 'int8', detect: { inputSize: 'pyramid' } }),
    retinafaceNpm(threads),
  ]
}

async function folder(context: RowContext) {
  const stretch = context.quick ? 10 : 100
  const paths = await makePhotoFolder(context.folder, stretch * roundsOf(context, 5))
  const detect = { inputSize: 640 }
  const pipelines = [
    { one: straightforward(1), two: straightforward(2) },
    { one: ours({ threads: 1, detect }), two: ours({ detect }) },
    {
      one: ours({ threads: 1, precision: 'int8', detect }),
      two: ours({ precision: 'int8', detect }),
    },
  ]
  return {
    kind: 'folder' as const,
    ...(await measureFolder(pipelines, paths, stretch, context.origin)),
  }
}

async function cold(context: RowContext) {
  const contenders = [
    straightforward(1),
    ours({}),
    ours({ precision: 'int8' }),
    retinafaceNpm(1),
    ...tensorFlowPeers.map((peer) => ({ ...peer, rounds: Math.min(peer.rounds ?? 15, 15) })),
  ]
  const { path } = context.pictures.small[0]!
  const rounds = roundsOf(context, 15)
  return {
    kind: 'cold' as const,
    ...(await measureCold(contenders, path, rounds, context.origin)),
  }
}
