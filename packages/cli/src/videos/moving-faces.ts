import type { PixelImage, TrackedFace } from '@retinaface/core'
import type { Keyframe } from '@retinaface/mesh-decoder'
import type { FrameFacesWithIds } from '@retinaface/node'
import { hasMesh, type PosedFace } from '@retinaface/node/results'

/** A face of a video: how it looks in its best frame, and what it does. */
export interface MovingFace {
  readonly face: PosedFace
  /** The texture of that frame, if one was asked for. */
  readonly texture: PixelImage | undefined
  readonly keyframes: Keyframe[]
  readonly quality: number
}

/** Takes the next frame into the faces by their ids. */
export function follow(
  moving: Map<number, MovingFace>,
  { time, image, faces }: FrameFacesWithIds,
  bake: (image: PixelImage, face: PosedFace) => PixelImage | undefined,
): void {
  for (const face of faces) {
    const { id, expressions, pose, gaze } = face
    if (!hasMesh(face) || !expressions || !pose) continue
    const before = moving.get(id)
    const quality = qualityOf(face)
    const keyframes = before?.keyframes ?? []
    keyframes.push({ time, weights: expressions, pose, ...(gaze && { gaze }) })
    if (before && before.quality >= quality) continue
    moving.set(id, { face: settled(face), texture: bake(image, face), keyframes, quality })
  }
}

/** Large, sure, and turned to the camera. */
function qualityOf({ score, box: [x1, y1, x2, y2], pose }: PosedFace & TrackedFace): number {
  const radians = Math.PI / 180
  const towards = Math.cos(radians * pose!.yaw) * Math.cos(radians * pose!.pitch)
  return score * Math.sqrt((x2 - x1) * (y2 - y1)) * Math.max(0, towards)
}

/** With its mesh as it is in this frame: some of it is worked out when it is read. */
function settled(face: PosedFace): PosedFace {
  const { positions, canonical, colors, triangles, uv } = face.mesh
  return { ...face, mesh: { positions, canonical, colors, triangles, uv } }
}
