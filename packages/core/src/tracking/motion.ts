import type { Box } from '../face/face.ts'

// In sizes of the face, and seconds. How exactly a box is found; how fast a face may be that is seen for
// the first time; how much its speed changes in a second; how much its size does, as a logarithm.
const boxNoise = 0.05
const firstSpeed = 3
const speedChange = 3
const sizeNoise = 0.1
const sizeChange = 0.25

// Nobody is looked for farther from where it was expected, in standard deviations, of which none is more
// than this many sizes, however long it was not seen.
const mostDeviation = 3.5
const mostSpread = 0.75

/** A box that costs more, see {@link Motion.cost}, is that of another face. */
export const MOST_COST: number = mostDeviation ** 2 + 4 * Math.log(mostSpread / boxNoise)

/** A box as motion sees it. */
interface Place {
  readonly x: number
  readonly y: number
  /** Square root of the area, pixels. */
  readonly size: number
}

/**
 * Says where a face will be by how it moved, and how sure that is: a Kalman filter of constant speed
 * (Kalman 1960) with times in seconds and lengths in sizes of the face, so that one setting fits every
 * frame rate and near and far faces.
 */
export class Motion {
  private place: Place
  private time: number
  private speed = { x: 0, y: 0 }
  // Covariance of place and speed, the same for both axes, in sizes.
  private ofPlace = boxNoise ** 2
  private ofBoth = 0
  private ofSpeed = firstSpeed ** 2

  /** @param time in seconds */
  constructor(box: Box, time: number) {
    this.place = placeOf(box)
    this.time = time
  }

  /**
   * What it costs to take a box for this face's: twice the negative logarithm of how likely it is, from 0
   * on, and infinite where it is out of reach. What was seen long ago could be in many places, so that each
   * is less likely.
   */
  cost(box: Box, time: number): number {
    const found = placeOf(box)
    const { x, y, size, ofPlace, elapsed } = this.predict(time)
    const spread = Math.min(mostSpread, Math.sqrt(ofPlace + boxNoise ** 2))
    const away = Math.hypot(found.x - x, found.y - y) / Math.max(size, found.size) / spread
    const stretch = Math.hypot(sizeNoise, sizeChange * Math.min(1, elapsed))
    const deviation = Math.hypot(away, Math.log(found.size / size) / stretch)
    if (deviation > mostDeviation) return Number.POSITIVE_INFINITY
    return deviation ** 2 + 4 * Math.log(spread / boxNoise)
  }

  /** Takes where the face was found. */
  update(box: Box, time: number): void {
    const found = placeOf(box)
    const { x, y, ofPlace, ofBoth, ofSpeed } = this.predict(time)
    const sum = ofPlace + boxNoise ** 2
    const gain = ofPlace / sum
    const speedGain = ofBoth / sum
    const [awayX, awayY] = [found.x - x, found.y - y]
    this.place = { x: x + gain * awayX, y: y + gain * awayY, size: found.size }
    this.speed = { x: this.speed.x + speedGain * awayX, y: this.speed.y + speedGain * awayY }
    this.ofPlace = (1 - gain) * ofPlace
    this.ofBoth = (1 - gain) * ofBoth
    this.ofSpeed = ofSpeed - speedGain * ofBoth
    this.time = time
  }

  private predict(time: number) {
    const elapsed = Math.max(0, time - this.time)
    const { x, y, size } = this.place
    const change = speedChange ** 2 * elapsed
    return {
      elapsed,
      x: x + this.speed.x * elapsed,
      y: y + this.speed.y * elapsed,
      size,
      ofPlace: this.ofPlace + elapsed * (2 * this.ofBoth + elapsed * (this.ofSpeed + change / 3)),
      ofBoth: this.ofBoth + elapsed * (this.ofSpeed + change / 2),
      ofSpeed: this.ofSpeed + change,
    }
  }
}

function placeOf([x1, y1, x2, y2]: Box): Place {
  const size = Math.sqrt(Math.max(1, (x2 - x1) * (y2 - y1)))
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, size }
}
