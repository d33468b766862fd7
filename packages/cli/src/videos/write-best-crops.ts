import { encodePicture, round, toFaceEntry, toSharp } from '@retinaface/node/results'
import type { CropNames } from '../output/crop-names.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import type { FacesEntry, TrackedEntry } from '../output/result-entry.ts'
import { BestCrops } from './best-crops.ts'
import type { VideoToDetect } from './open-video.ts'

/** How crops of tracks are written. */
export interface TrackCropFlags {
  /** Side in pixels. */
  readonly size: number
  readonly format: 'png' | 'jpeg'
  /** How many of each track. */
  readonly best: number
}

/** A crop in the index. */
interface TrackCropEntry extends TrackedEntry {
  readonly crop: string
  /** Of its frame, in seconds. */
  readonly time: number
  readonly quality: number
  readonly transform: readonly number[]
}

/**
 * Writes the best crops of each track of a video.
 *
 * @returns the video's entry in the index
 */
export async function writeBestCrops(
  { input: { file, outputPath }, frames }: VideoToDetect,
  { size, format, best }: TrackCropFlags,
  folder: OutputFolder,
  names: CropNames,
): Promise<FacesEntry> {
  const crops = new BestCrops(size, best)
  let [width, height] = [0, 0]
  for await (const frame of frames) {
    ;({ width, height } = frame.image)
    crops.take(frame)
  }
  const stem = names.claim(outputPath)
  const faces: TrackCropEntry[] = []
  for (const [id, kept] of [...crops.tracks].sort(([a], [b]) => a - b)) {
    const track = names.claimTrack(stem, id)
    for (const [i, { face, time, quality, image, transform }] of kept.entries()) {
      const crop = `${track}-${i + 1}.${format === 'jpeg' ? 'jpg' : 'png'}`
      await folder.write(crop, await encodePicture(toSharp(image), format))
      const moment = { time: round(time, 1e6), quality: round(quality, 1e3) }
      faces.push({ id, crop, ...moment, ...toFaceEntry(face), transform })
    }
  }
  return { file, width, height, faces }
}
