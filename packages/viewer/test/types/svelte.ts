import type { ViewerFace } from '@retinaface/viewer'
import type {} from '@retinaface/viewer/svelte'
import type { SvelteHTMLElements } from 'svelte/elements'

type Attributes = SvelteHTMLElements['retinaface-viewer']

/** Compiles: what a Svelte template may give the element. */
export function attributesOf(faces: readonly ViewerFace[]): Attributes {
  return {
    scene: 'single',
    autoTurn: true,
    faces,
    class: 'faces',
    onfaceselect: ({ detail }) => detail.index?.toFixed(),
  }
}

/** Compiles only because each mistake is one. */
export const mistakes: Attributes[] = [
  // @ts-expect-error There is no such light.
  { light: 'candle' },
  // @ts-expect-error Faces are not text.
  { faces: 'none' },
]
