import { type Keyframe, writeLiveLink } from '@retinaface/mesh-decoder'
import type { FrameFacesWithIds } from '@retinaface/node'
import { CropNames } from '../output/crop-names.ts'
import type { OutputFolder } from '../output/output-folder.ts'

/** What the faces of a video do, by their ids. */
export type Recording = Map<number, Keyframe[]>

/** Takes the next frame into a recording. */
export function record(recording: Recording, { time, faces }: FrameFacesWithIds): void {
  for (const { id, expressions, pose, gaze } of faces) {
    if (!(expressions && pose && gaze)) continue
    const keyframes = recording.get(id) ?? []
    recording.set(id, keyframes)
    keyframes.push({ time, weights: expressions, pose, gaze })
  }
}

/** Files in Live Link Face's layout, `<video>-<id>.csv`, in a folder. */
export class LiveLinkFiles {
  private readonly folder: OutputFolder
  private readonly names = new CropNames()

  constructor(folder: OutputFolder) {
    this.folder = folder
  }

  /** @param path of the video below the folder */
  async write(path: string, recording: Recording): Promise<void> {
    const stem = this.names.claim(path)
    for (const [id, keyframes] of recording) {
      await this.folder.write(`${stem}-${id}.csv`, Buffer.from(writeLiveLink(keyframes)))
    }
  }
}
