import {
  createWorkerRetinaFace,
  type Face,
  nonMaximumSuppression,
  type WebRetinaFace,
} from '@retinaface/web'
import { controlBar, slider, toggle } from '../kit/controls.ts'
import { countFaces } from '../kit/count-faces.ts'
import { COLORS } from '../kit/draw-faces.ts'
import { tellLoading } from '../kit/loading.ts'
import { pickPhotos } from '../kit/pick-photos.ts'
import { picture } from '../kit/picture.ts'
import type { Stage } from '../kit/stage.ts'

const lowest = 0.02

/** Score threshold and non-maximum suppression on the raw candidates of a photo. */
export default async function thresholds(stage: Stage): Promise<void> {
  const photos = pickPhotos(stage)
  const view = picture(stage.root, 'The photo with kept and suppressed candidates')
  const bar = controlBar(stage.root)
  const share = (value: number) => value.toFixed(2)
  const score = slider(
    bar,
    { label: 'scoreThreshold', min: lowest, max: 1, step: 0.01, value: 0.5, format: share },
    () => draw?.(),
  )
  const overlap = slider(
    bar,
    { label: 'nmsThreshold', min: 0, max: 1, step: 0.01, value: 0.4, format: share },
    () => draw?.(),
  )
  const suppressed = toggle(bar, 'Show what is suppressed', true, () => draw?.())
  let draw: (() => void) | undefined
  let retinaface: WebRetinaFace | undefined

  for await (const image of photos) {
    view.show(image)
    retinaface ??= stage.keep(await createWorkerRetinaFace({ onProgress: tellLoading(stage) }))
    // An overlap of more than 1 does not exist, so nothing is suppressed yet.
    const candidates = await retinaface.detect(image, { scoreThreshold: lowest, nmsThreshold: 1 })
    draw = () => show(image, candidates)
    draw()
  }

  function show(image: ImageBitmap, candidates: readonly Face[]): void {
    const scored = candidates.filter((candidate) => candidate.score >= score.value)
    const clusters = nonMaximumSuppression(
      scored.flatMap(({ box }) => box),
      scored.map((candidate) => candidate.score),
      overlap.value,
    )
    const kept = new Set(clusters.map((cluster) => cluster.kept))
    view.show(image, (context, screenPixel) => {
      if (suppressed.checked) outline(context, 0.7 * screenPixel, '#fb7185', scored)
      const best = scored.filter((_, i) => kept.has(i))
      outline(context, 2.5 * screenPixel, COLORS.box, best)
    })
    stage.say(
      `${candidates.length} candidates, ${scored.length} with the score, ${countFaces(kept.size)} kept`,
    )
  }
}

function outline(
  context: CanvasRenderingContext2D,
  width: number,
  color: string,
  faces: readonly Face[],
): void {
  context.lineWidth = width
  context.strokeStyle = color
  for (const { box } of faces) {
    context.strokeRect(box[0], box[1], box[2] - box[0], box[3] - box[1])
  }
}
