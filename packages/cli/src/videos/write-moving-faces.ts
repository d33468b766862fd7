import { bakeFace, round, toFaceEntry, toPoseEntry } from '@retinaface/node/results'
import { type MeshOutputs, writeFace } from '../mesh/write-meshes.ts'
import type { FacesEntry, TrackedEntry } from '../output/result-entry.ts'
import { follow, type MovingFace } from './moving-faces.ts'
import type { VideoToDetect } from './open-video.ts'

// Frames a second of OBJ files: the header of a video may claim any rate.
const fastest = 240

/** A face of a video in the index, as it looks in its best frame. */
interface MovingEntry extends TrackedEntry {
  readonly files: readonly string[]
  /** From its first frame to its last, in seconds. */
  readonly times: readonly [from: number, to: number]
}

/**
 * Writes the files of each track of a video: GLB files move, there is an OBJ for each frame, and PLY
 * files show its best frame.
 *
 * @param stem of the files' names
 * @returns the video's entry in the index
 */
export async function writeMovingFaces(
  { input: { file }, frameRate, frames }: VideoToDetect,
  stem: string,
  outputs: MeshOutputs,
): Promise<FacesEntry> {
  const moving = new Map<number, MovingFace>()
  let [width, height] = [0, 0]
  for await (const frame of frames) {
    ;({ width, height } = frame.image)
    follow(moving, frame, (image, face) =>
      outputs.texture === 'image' ? bakeFace(image, face, outputs.mirror) : undefined,
    )
  }
  const faces: MovingEntry[] = []
  for (const [id, { face, texture, keyframes }] of chosen(moving, outputs)) {
    const motion = { keyframes, frameRate: Math.min(frameRate, fastest) }
    const files = await writeFace({ face, texture, motion }, `${stem}-${id}`, outputs)
    faces.push({ id, files, times: timesOf(keyframes), ...toFaceEntry(face), ...posed(face) })
  }
  return { file, width, height, faces }
}

function chosen(
  moving: ReadonlyMap<number, MovingFace>,
  { choice }: MeshOutputs,
): readonly (readonly [number, MovingFace])[] {
  const all = [...moving].sort(([a], [b]) => a - b)
  if (choice === 'all') return all
  if (choice !== 'best') return all.filter(([id]) => id === choice)
  return all.sort(([, a], [, b]) => b.quality - a.quality).slice(0, 1)
}

function timesOf(keyframes: MovingFace['keyframes']): MovingEntry['times'] {
  return [round(keyframes[0]!.time, 1e6), round(keyframes.at(-1)!.time, 1e6)]
}

function posed(face: MovingFace['face']) {
  const pose = toPoseEntry(face)
  return pose ? { pose } : {}
}
