import type { ViewerFace } from '@retinaface/viewer'
import type {} from '@retinaface/viewer/react'
import type { ReactElement } from 'react'

/** Compiles: the element with its attributes, properties, events and slots in React. */
export function Faces({ faces }: { readonly faces: readonly ViewerFace[] }): ReactElement {
  return (
    <retinaface-viewer
      scene="overlay"
      material="clay"
      comparison={0.5}
      faces={faces}
      image={null}
      className="faces"
      onfaceselect={({ detail }) => detail.index?.toFixed()}
      onviewererror={({ detail }) => String(detail)}
    >
      <p slot="empty">No faces.</p>
    </retinaface-viewer>
  )
}

/** Compiles only because each mistake is one. */
export const mistakes: ReactElement[] = [
  // @ts-expect-error There is no such scene.
  <retinaface-viewer key="scene" scene="beach" />,
  // @ts-expect-error Faces are not text.
  <retinaface-viewer key="faces" faces="none" />,
  // @ts-expect-error The index is a number.
  <retinaface-viewer key="event" onfaceselect={({ detail }) => detail.index?.trim()} />,
]
