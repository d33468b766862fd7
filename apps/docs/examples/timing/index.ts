import { createWorkerRetinaFace, type WebRetinaFace } from '@retinaface/web'
import { button, controlBar } from '../kit/controls.ts'
import { countFaces, formatTime } from '../kit/count-faces.ts'
import { pickPhotos } from '../kit/pick-photos.ts'
import type { Stage } from '../kit/stage.ts'
import { barChart } from './bar-chart.ts'

const rounds = 5

/** Measures each stage on the visitor's machine. */
export default async function timing(stage: Stage): Promise<void> {
  const photos = pickPhotos(stage)
  const chart = barChart(stage.root)
  const bar = controlBar(stage.root)
  const again = button(bar, 'Measure again', () => measureAgain?.())
  let measureAgain: (() => void) | undefined
  let retinaface: WebRetinaFace | undefined

  let loading: readonly (readonly [string, number])[] = []
  for await (const image of photos) {
    if (!retinaface) {
      stage.say('Loading …')
      const opened = await open()
      retinaface = stage.keep(opened.retinaface)
      loading = opened.times
    }
    const detector = retinaface
    measureAgain = () => void measure(detector, image)
    await measure(detector, image)
  }

  async function measure(detector: WebRetinaFace, image: ImageBitmap): Promise<void> {
    again.disabled = true
    const faces = await detector.detect(image, { mesh: true })
    const [face] = faces
    const stages: Record<string, () => Promise<unknown>> = {
      'read the pixels': () => detector.readImage(image),
      'faces, long side 320': () => detector.detect(image, { inputSize: 320 }),
      'faces, long side 640': () => detector.detect(image, { inputSize: 640 }),
      'faces, original size': () => detector.detect(image),
      'faces and meshes': () => detector.detect(image, { mesh: true }),
      ...(face ? { 'align one face': () => detector.align(image, face) } : {}),
    }
    const times = new Map(Object.keys(stages).map((name) => [name, [] as number[]]))
    for (let round = 0; round < rounds && !stage.signal.aborted; round++) {
      for (const [name, run] of Object.entries(stages)) {
        const begin = performance.now()
        await run()
        times.get(name)!.push(performance.now() - begin)
      }
      const medians = [...times].map(([name, all]) => [name, median(all)] as const)
      chart.show([...loading, ...medians])
    }
    const { name, threads } = detector.provider
    const total = formatTime(median(times.get('faces and meshes')!))
    const of = `${image.width}×${image.height}`
    stage.say(
      `${countFaces(faces.length)} with meshes in ${total}: ${of}, ${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    )
    again.disabled = false
  }
}

async function open() {
  const begin = performance.now()
  let loaded = begin
  const retinaface = await createWorkerRetinaFace({
    onProgress: ({ stage }) => {
      if (stage === 'compile') loaded = performance.now()
    },
  })
  const compiled = performance.now()
  await retinaface.warmUp()
  const times = [
    ['load the network', loaded - begin],
    ['start the runtime', compiled - loaded],
    ['first run', performance.now() - compiled],
  ] as const
  return { retinaface, times }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
