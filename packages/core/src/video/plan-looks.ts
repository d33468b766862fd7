import { ChangeMeter } from './change-meter.ts'
import type { FramePicture } from './frame-picture.ts'

/** A frame that is to be looked at. */
export interface PlannedLook {
  /** Index of the frame. */
  readonly index: number
  readonly frame: FramePicture
  /** As closely as a picture that is to be hidden; else a quick look will do. */
  readonly isFull: boolean
}

// In seconds. The full look costs as much as ten quick ones. Between two looks faces go on nearly as they
// went: people do not turn round within a tenth of a second.
const fullLookEvery = 0.5
const quickLookEvery = 0.1
// Times of frames are rounded.
const unit = 1e-3

/**
 * Tells which frames of a video are to be looked at: one each tenth of a second, and sooner where the
 * picture moves; the first and the last of what is shown between two cuts.
 *
 * @param onFrame told the time of each frame, in seconds
 */
export async function* planLooks(
  frames: AsyncIterable<FramePicture>,
  onFrame: (time: number) => void,
): AsyncGenerator<PlannedLook, void, undefined> {
  const changes = new ChangeMeter()
  let fullAt = Number.NEGATIVE_INFINITY
  let lookAt = Number.NEGATIVE_INFINITY
  let skipped: PlannedLook | undefined
  let index = 0
  for await (const frame of frames) {
    const { time, lightness } = frame
    onFrame(time)
    const isCut = changes.isCut(lightness)
    if (isCut && skipped) yield skipped
    const isFull = isCut || time - fullAt >= fullLookEvery - unit
    const look = { index: index++, frame, isFull }
    if (isFull) fullAt = time
    const isDue = isFull || time - lookAt >= quickLookEvery - unit || changes.hasMoved
    skipped = isDue ? undefined : look
    if (!isDue) continue
    lookAt = time
    changes.mark()
    yield look
  }
  if (skipped) yield skipped
}
