import { createWorkerRetinaFace, type Face, type WebRetinaFace } from '@retinaface/web'
import { choice, controlBar } from '../kit/controls.ts'
import { tellLoading } from '../kit/loading.ts'
import { pickPhotos } from '../kit/pick-photos.ts'
import { picture } from '../kit/picture.ts'
import type { Stage } from '../kit/stage.ts'
import { type Cell, cellAt, drawGrid, type Grid, gridOf, moveCell } from './grid.ts'

const inputSize = 640
const lowest = 0.02

/** Shows the anchors of a cell and what the network made of them. */
export default async function anchors(stage: Stage): Promise<void> {
  const photos = pickPhotos(stage)
  const view = picture(stage.root, 'The photo under a grid; arrow keys move from cell to cell')
  const bar = controlBar(stage.root)
  const stride = choice<string>(bar, 'Stride', ['64', '32', '16', '8'], () => draw?.())
  let cell: Cell = { row: 4, column: 5 }
  let draw: (() => void) | undefined
  let grid: Grid | undefined
  let retinaface: WebRetinaFace | undefined

  view.canvas.tabIndex = 0
  view.canvas.setAttribute('role', 'application')
  view.canvas.addEventListener('pointermove', (event) => point(event))
  view.canvas.addEventListener('pointerdown', (event) => point(event))
  view.canvas.addEventListener('keydown', (event) => {
    const moved = grid && moveCell(grid, cell, event.key)
    if (!moved) return
    event.preventDefault()
    cell = moved
    draw?.()
  })

  for await (const image of photos) {
    view.show(image)
    retinaface ??= stage.keep(await createWorkerRetinaFace({ onProgress: tellLoading(stage) }))
    const candidates = await retinaface.detect(image, {
      inputSize,
      scoreThreshold: lowest,
      nmsThreshold: 1,
    })
    const { configuration } = retinaface
    draw = () => {
      grid = gridOf(configuration, image, inputSize, Number(stride.value))
      cell = moveCell(grid, cell, '') ?? cell
      show(image, grid, candidates)
    }
    const [best] = candidates
    if (best) {
      stride.value = `${best.anchor.stride}`
      cell = best.anchor
    }
    draw()
  }

  function point(event: PointerEvent): void {
    if (!grid) return
    const under = cellAt(grid, ...view.pointAt(event))
    if (under.row === cell.row && under.column === cell.column) return
    cell = under
    draw?.()
  }

  function show(image: ImageBitmap, shown: Grid, candidates: readonly Face[]): void {
    const here = candidates.filter(
      ({ anchor }) =>
        anchor.stride === shown.stride && anchor.row === cell.row && anchor.column === cell.column,
    )
    view.show(image, (context, screenPixel) => {
      drawGrid(context, screenPixel, shown, cell)
      context.lineWidth = 2.5 * screenPixel
      context.strokeStyle = '#2dd4bf'
      for (const { box } of here) {
        context.strokeRect(box[0], box[1], box[2] - box[0], box[3] - box[1])
      }
    })
    const scores = shown.sizes.map((size, index) => {
      const found = here.find(({ anchor }) => anchor.index === index)
      return `anchor of ${size}: ${found ? found.score.toFixed(2) : `under ${lowest}`}`
    })
    stage.say(`Row ${cell.row}, column ${cell.column}. Scores: ${scores.join(', ')}.`)
  }
}
