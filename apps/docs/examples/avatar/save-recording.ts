import { type Keyframe, writeGlb, writeLiveLink } from '@retinaface/mesh-decoder'
import type { OwnHead } from './own-head.ts'

/** A file to save. */
interface Recording {
  readonly name: string
  readonly file: Blob
}

/** A recording as an animated head and in Live Link Face's layout, from second 0 on. */
export function saveRecording(taken: readonly Keyframe[], { mesh, targets }: OwnHead): Recording[] {
  const begin = taken[0]!.time
  const keyframes = taken.map((keyframe) => ({ ...keyframe, time: keyframe.time - begin }))
  const glb = writeGlb(mesh, undefined, { targets, keyframes })
  return [
    { name: 'take.glb', file: new Blob([glb as BlobPart], { type: 'model/gltf-binary' }) },
    { name: 'take.csv', file: new Blob([writeLiveLink(keyframes)], { type: 'text/csv' }) },
  ]
}
