import type { Box } from '../pictures/known-faces.ts'
import type { FoundFace } from '../protocol/contender.ts'

/** The network's outputs by name, each a map of channels × rows × columns. */
export type PlainOutputs = Readonly<
  Record<string, { readonly data: unknown; readonly dims: readonly number[] }>
>

const levels = [
  { stride: 32, sizes: [512, 256] },
  { stride: 16, sizes: [128, 64] },
  { stride: 8, sizes: [32, 16] },
]
const scoreThreshold = 0.5
const nmsThreshold = 0.4

/** Boxes of the network's input from its outputs, written as one would at first. */
export function plainDecode(outputs: PlainOutputs): FoundFace[] {
  const found: FoundFace[] = []
  for (const { stride, sizes } of levels) {
    const scores = outputs[`face_rpn_cls_prob_reshape_stride${stride}`]!
    const boxes = outputs[`face_rpn_bbox_pred_stride${stride}`]!.data as Float32Array
    const [, , rows, columns] = scores.dims as [number, number, number, number]
    const cells = rows * columns
    for (const [anchor, size] of sizes.entries()) {
      for (let cell = 0; cell < cells; cell++) {
        const score = (scores.data as Float32Array)[(2 + anchor) * cells + cell]!
        if (score < scoreThreshold) continue
        const at = (channel: number) => boxes[(4 * anchor + channel) * cells + cell]!
        const x = 7.5 + stride * (cell % columns) + at(0) * size
        const y = 7.5 + stride * Math.floor(cell / columns) + at(1) * size
        const width = size * Math.exp(at(2)) - 1
        const height = size * Math.exp(at(3)) - 1
        const box: Box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
        found.push({ score, box })
      }
    }
  }
  return suppress(found)
}

function suppress(found: FoundFace[]): FoundFace[] {
  const kept: FoundFace[] = []
  for (const face of found.sort((a, b) => b.score - a.score)) {
    if (kept.every((better) => shared(better.box, face.box) <= nmsThreshold)) kept.push(face)
  }
  return kept
}

function shared(a: Box, b: Box): number {
  const width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]))
  const height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]))
  const both = width * height
  return both / (area(a) + area(b) - both)
}

function area([x1, y1, x2, y2]: Box): number {
  return (x2 - x1) * (y2 - y1)
}
