import type { Box } from '../face/face.ts'
import type { FaceTrack, Sighting } from '../tracking/follow-both-ways.ts'

// A face that comes or goes is covered for this long before it was found first and after it was found last,
// in seconds: turned away or blurred, it can be known before it is found.
const hold = 0.4
// How much larger, as a share of its size for each second without a sighting, and at most.
const growthPerSecond = 0.6
const mostGrowth = 0.3

/**
 * What is to be covered in each frame of a video: the boxes of tracks, with their gaps bridged, reaching as
 * far as the face moves from frame to frame, and from before its first sighting to after its last.
 *
 * @param times of the frames, in seconds
 * @returns for each frame its boxes, in pixels; they may reach beyond the frame
 */
export function coverTracks(tracks: readonly FaceTrack[], times: readonly number[]): Box[][] {
  const covers: Box[][] = times.map(() => [])
  for (const { sightings } of tracks) {
    const first = sightings[0]!
    const last = sightings.at(-1)!
    for (let frame = first.frame - 1; frame >= 0; frame--) {
      const away = times[first.frame]! - times[frame]!
      if (away > hold) break
      covers[frame]!.push(widened(first.box, away))
    }
    const changes = sightings.map((_, i) => speedChange(sightings, i, times))
    for (const [i, sighting] of sightings.entries()) {
      const change = changes[i]!.map((side, k) => Math.max(side, changes[i + 1]?.[k] ?? 0))
      bridge(sighting, sightings[i + 1] ?? sighting, change, times, covers)
    }
    for (let frame = last.frame + 1; frame < times.length; frame++) {
      const away = times[frame]! - times[last.frame]!
      if (away > hold) break
      covers[frame]!.push(widened(last.box, away))
    }
  }
  return covers
}

/** How much the speed of each side of a box changes at a sighting, in pixels per second squared. */
function speedChange(
  sightings: readonly Sighting[],
  i: number,
  times: readonly number[],
): readonly number[] {
  const [before, here, after] = [sightings[i - 1], sightings[i]!, sightings[i + 1]]
  if (!before || !after) return [0, 0, 0, 0]
  const until = times[here.frame]! - times[before.frame]!
  const from = times[after.frame]! - times[here.frame]!
  return here.box.map((side, k) => {
    const change = (after.box[k]! - side) / from - (side - before.box[k]!) / until
    return (2 * Math.abs(change)) / (from + until)
  })
}

/**
 * Covers a sighting and the frames until the next one.
 *
 * @param change of the speed of the box's sides, in pixels per second squared
 */
function bridge(
  from: Sighting,
  to: Sighting,
  change: readonly number[],
  times: readonly number[],
  covers: readonly Box[][],
): void {
  const steps = Math.max(1, to.frame - from.frame)
  for (let frame = from.frame; frame < from.frame + steps; frame++) {
    const time = times[frame]!
    const share = (frame - from.frame) / steps
    const [since, until] = [time - times[from.frame]!, times[to.frame]! - time]
    const away = Math.min(since, until)
    const here = between(from.box, to.box, share)
    const next = between(from.box, to.box, share + 1 / steps)
    // The shutter and the sighting may be off by half the way to the next frame.
    // What speeds up or slows down between two sightings leaves the straight line by the other part.
    const reach = here.map(
      (side, i) => Math.abs(next[i]! - side) / 2 + (change[i]! * since * Math.max(0, until)) / 2,
    )
    const [x1, y1, x2, y2] = widened(here, Math.max(0, away))
    covers[frame]!.push([x1 - reach[0]!, y1 - reach[1]!, x2 + reach[2]!, y2 + reach[3]!])
  }
}

function between(a: Box, b: Box, share: number): Box {
  return a.map((side, i) => side + share * (b[i]! - side)) as unknown as Box
}

/** Larger on all sides, for a time without a sighting in seconds. */
function widened([x1, y1, x2, y2]: Box, away: number): Box {
  const growth = Math.min(mostGrowth, growthPerSecond * away) / 2
  const [x, y] = [growth * (x2 - x1), growth * (y2 - y1)]
  return [x1 - x, y1 - y, x2 + x, y2 + y]
}
