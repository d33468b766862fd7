import type { ViewerFace } from '@retinaface/viewer'
import type {} from '@retinaface/viewer/vue'
import type { GlobalComponents } from 'vue'

type Viewer = InstanceType<GlobalComponents['retinaface-viewer']>
type Props = Viewer['$props']

/** Compiles: what a Vue template may give the element. */
export function propsOf(faces: readonly ViewerFace[]): Props {
  return { scene: 'standing', 'pose-axes': true, comparison: 0.5, faces, class: 'faces' }
}

/** Compiles: what the element tells a Vue template. */
export function emitOf({ $emit }: Viewer): void {
  $emit('faceselect', new CustomEvent('faceselect', { detail: { index: 0 } }))
  // @ts-expect-error There is no such event.
  $emit('facelost', new CustomEvent('facelost'))
}

/** Compiles only because each mistake is one. */
export const mistakes: Props[] = [
  // @ts-expect-error There is no such material.
  { material: 'marble' },
  // @ts-expect-error A share is a number.
  { comparison: 'half' },
]
