import { readdirSync } from 'node:fs'
import { parse } from 'node:path'
import { evaluateWider, readWiderGroundTruth } from '../evaluation/src/index.ts'
import { createRetinaFace } from './src/index.ts'

const d = '/work/shared/data/wider-val'
const gt = await readWiderGroundTruth(d + '/ground-truth')
const files = readdirSync(d + '/images').map((f) => `${d}/images/${f}`)
for (const model of ['mnet025', 'mnet025-v1']) {
  const rf = await createRetinaFace({ model })
  for (const size of ['original', 640, 1600] as const) {
    const det = new Map<string, any>()
    const t = performance.now()
    for await (const r of rf.detectMany(files, {
      scoreThreshold: 0.02,
      nmsThreshold: 0.4,
      inputSize: size,
    }) as any) {
      if (r.status === 'failed') {
        console.log(r)
        continue
      }
      det.set(parse(r.source as string).name, r.faces)
    }
    const e = evaluateWider(gt, det)
    console.log(
      model,
      size,
      e.easy.averagePrecision.toFixed(4),
      e.medium.averagePrecision.toFixed(4),
      e.hard.averagePrecision.toFixed(4),
      e.images,
      ((performance.now() - t) / 1000).toFixed(0) + 's',
    )
  }
}
