import type { FivePoints } from '../align/align-face.ts'
import { intersectionOverUnion } from '../candidates/intersection-over-union.ts'
import { DETECT_DEFAULTS, type DetectOptions } from '../face/detect-options.ts'
import type { Box, Face } from '../face/face.ts'
import type { PixelDetector } from '../hide/pixel-detector.ts'
import type { Region } from '../image/pixel-image.ts'
import type { ImageSize } from '../image/shrunken-image.ts'
import type { FramePicture } from './frame-picture.ts'
import type { PlannedLook } from './plan-looks.ts'

// Of what begins a track, a face that goes on with one has at least this share of the score.
const followShare = 0.5
// Longest side of a quick look, in pixels, and the smallest face that it finds surely.
const quickSide = 960
const smallestSeen = 16
// How far a small face may have gone since the last full look, as a share of the frame's longer side.
const reach = 0.08

/** Looks for faces in frames, fully or quickly. */
export class FrameLooker {
  private readonly retinaface: PixelDetector
  private readonly size: ImageSize
  private readonly options: DetectOptions
  private readonly quick: DetectOptions
  private readonly quickScale: number
  private readonly hasInputSize: boolean
  private full: Promise<Face[]> = Promise.resolve([])

  /**
   * @param options of full looks
   * @param hasInputSize quick looks have that of full ones
   */
  constructor(
    retinaface: PixelDetector,
    size: ImageSize,
    options: DetectOptions & { readonly scoreThreshold: number },
    hasInputSize: boolean,
  ) {
    const longest = Math.max(size.width, size.height)
    const inputSize = longest > quickSide ? quickSide : 'original'
    this.retinaface = retinaface
    this.size = size
    this.options = options
    this.quickScale = Math.min(1, quickSide / longest)
    this.hasInputSize = hasInputSize
    this.quick = {
      ...options,
      scoreThreshold: options.scoreThreshold * followShare,
      ...(hasInputSize ? {} : { inputSize, turns: false }),
    }
  }

  /** The faces of a frame, boxes in its pixels. */
  async look({ frame, isFull }: PlannedLook): Promise<Face[]> {
    if (!isFull) return this.lookQuickly(frame)
    this.full = this.retinaface.detect(frame.whole(), this.options)
    return this.full
  }

  private async lookQuickly(frame: FramePicture): Promise<Face[]> {
    const { quick } = this
    const { region, minFaceSize = 0, nmsThreshold = DETECT_DEFAULTS.nmsThreshold } = quick
    // Regions and sizes are in pixels of the frame.
    if (this.hasInputSize || region !== undefined || minFaceSize > 0)
      return this.retinaface.detect(frame.whole(), quick)
    const image = this.quickScale <= 0.5 ? frame.half() : frame.whole()
    const scale = frame.lightness.width / image.width
    const whole = (await this.retinaface.detect(image, quick)).map((face) =>
      placed(face, scale, 0, 0),
    )
    const small = (await this.full).map(({ box }) => box).filter((box) => this.isSmall(box))
    if (small.length === 0) return whole
    const faces = [...whole]
    for (const part of joined(small.map((box) => this.surroundings(box)))) {
      const { x, y, image } = frame.part(part)
      const closer = await this.retinaface.detect(image, { ...quick, inputSize: 'original' })
      const isNew = ({ box }: Face) =>
        whole.every((face) => intersectionOverUnion(face.box, 0, box, 0) <= nmsThreshold)
      faces.push(...closer.map((face) => placed(face, 1, x, y)).filter(isNew))
    }
    return faces
  }

  private isSmall([x1, y1, x2, y2]: Box): boolean {
    return this.quickScale * Math.max(x2 - x1, y2 - y1) < smallestSeen
  }

  /** The part of the frame in which a face may be by the next full look. */
  private surroundings([x1, y1, x2, y2]: Box): Region {
    const { width, height } = this.size
    const around = reach * Math.max(width, height)
    const within = (at: number, length: number) => Math.min(length, Math.max(0, Math.round(at)))
    const [x, y] = [within(x1 - around, width - 1), within(y1 - around, height - 1)]
    const [right, bottom] = [within(x2 + around, width), within(y2 + around, height)]
    return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) }
  }
}

/** Parts that overlap as one, so that none is looked at twice. */
function joined(parts: readonly Region[]): Region[] {
  const apart: Region[] = []
  for (let part of parts) {
    for (let i = apart.findIndex((one) => overlap(one, part)); i >= 0; ) {
      part = around(apart.splice(i, 1)[0]!, part)
      i = apart.findIndex((one) => overlap(one, part))
    }
    apart.push(part)
  }
  return apart
}

function overlap(a: Region, b: Region): boolean {
  const isBeside = a.x + a.width <= b.x || b.x + b.width <= a.x
  return !isBeside && a.y + a.height > b.y && b.y + b.height > a.y
}

function around(a: Region, b: Region): Region {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  const right = Math.max(a.x + a.width, b.x + b.width)
  const bottom = Math.max(a.y + a.height, b.y + b.height)
  return { x, y, width: right - x, height: bottom - y }
}

/** A face where it is in a picture of another scale that goes on to the left and above. */
function placed(face: Face, scale: number, x: number, y: number): Face {
  const [x1, y1, x2, y2] = face.box
  return {
    ...face,
    box: [x + scale * x1, y + scale * y1, x + scale * x2, y + scale * y2],
    landmarks: face.landmarks.map(([px, py]) => [
      x + scale * px,
      y + scale * py,
    ]) as unknown as FivePoints,
  }
}
