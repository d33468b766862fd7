import {
  type Box,
  cropImage,
  DETECT_DEFAULTS,
  type DetectOptions,
  type Face,
  type FaceDetector,
  type FivePoints,
  intersectionOverUnion,
  type Region,
} from '@retinaface/core'
import type { NodeImageSource } from '../read-image.ts'
import type { PlannedLook } from './plan-looks.ts'
import { planesToRgb } from './planes-to-rgb.ts'
import type { VideoInfo } from './probe-video.ts'
import { type FramePlanes, planeColors } from './read-planes.ts'

// Longest side of a quick look, in pixels, and the smallest face that it finds surely.
const quickSide = 960
const smallestSeen = 16
// How far a small face may have gone since the last full look, as a share of the frame's longer side.
const reach = 0.08

/** Looks for faces in frames, fully or quickly. */
export class FrameLooker {
  private readonly retinaface: FaceDetector<NodeImageSource>
  private readonly info: VideoInfo
  private readonly options: DetectOptions
  private readonly beginScore: number
  /** Undefined where the size of the input is set: then each look is the same. */
  private readonly quick: DetectOptions | undefined
  private readonly quickScale: number
  private full: Promise<Face[]> = Promise.resolve([])

  /**
   * @param options of full looks
   * @param beginScore what the surest face of a track has at least
   */
  constructor(
    retinaface: FaceDetector<NodeImageSource>,
    info: VideoInfo,
    options: DetectOptions,
    beginScore: number,
    hasInputSize: boolean,
  ) {
    const longest = Math.max(info.width, info.height)
    this.retinaface = retinaface
    this.info = info
    this.options = options
    this.beginScore = beginScore
    this.quickScale = Math.min(1, quickSide / longest)
    const inputSize = longest > quickSide ? quickSide : 'original'
    this.quick = hasInputSize ? undefined : { ...options, inputSize, turns: false }
  }

  /** The faces of a frame, boxes in its pixels. */
  async look({ frame, isFull }: PlannedLook): Promise<Face[]> {
    if (!isFull && this.quick) return this.lookQuickly(frame, this.quick)
    this.full = this.detect(frame, 1, this.options)
    return this.full
  }

  private async lookQuickly(frame: FramePlanes, quick: DetectOptions): Promise<Face[]> {
    const { region, minFaceSize = 0, nmsThreshold = DETECT_DEFAULTS.nmsThreshold } = quick
    // These are in pixels of the frame.
    if (region !== undefined || minFaceSize > 0) return this.detect(frame, 1, quick)
    const whole = await this.detect(frame, this.quickScale <= 0.5 ? 0.5 : 1, quick)
    const small = (await this.full)
      .filter(({ box, score }) => score >= this.beginScore && this.isSmall(box))
      .map(({ box }) => box)
    if (small.length === 0) return whole
    const { x, y, planes } = cropPlanes(frame, this.regionOf(small))
    const closer = await this.detect({ ...frame, planes }, 1, { ...quick, inputSize: 'original' })
    const isNew = ({ box }: Face) =>
      whole.every((face) => intersectionOverUnion(face.box, 0, box, 0) <= nmsThreshold)
    return [...whole, ...closer.map((face) => placed(face, 1, x, y)).filter(isNew)]
  }

  private async detect(
    frame: FramePlanes,
    scale: 1 | 0.5,
    options: DetectOptions,
  ): Promise<Face[]> {
    const image = planesToRgb(frame, planeColors(this.info).matrix, scale)
    const faces = await this.retinaface.detect(image, options)
    return scale === 1 ? faces : faces.map((face) => placed(face, 1 / scale, 0, 0))
  }

  private isSmall([x1, y1, x2, y2]: Box): boolean {
    return this.quickScale * Math.max(x2 - x1, y2 - y1) < smallestSeen
  }

  /** The part of the frame in which faces may be by the next full look. */
  private regionOf(boxes: readonly Box[]): Region {
    const { width, height } = this.info
    const around = reach * Math.max(width, height)
    const within = (at: number, length: number) => Math.min(length, Math.max(0, Math.round(at)))
    const x = within(Math.min(...boxes.map(([x1]) => x1)) - around, width - 1)
    const y = within(Math.min(...boxes.map(([, y1]) => y1)) - around, height - 1)
    const right = within(Math.max(...boxes.map(([, , x2]) => x2)) + around, width)
    const bottom = within(Math.max(...boxes.map(([, , , y2]) => y2)) + around, height)
    return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) }
  }
}

/** A part of a frame, from an even column and row on, and where these are. */
function cropPlanes({ planes: [luma, blue, red] }: FramePlanes, region: Region) {
  const [x, y] = [region.x >> 1, region.y >> 1]
  const width = Math.min(blue.width - x, Math.ceil(region.width / 2) + 1)
  const height = Math.min(blue.height - y, Math.ceil(region.height / 2) + 1)
  const half = { x, y, width, height }
  const whole = { x: 2 * x, y: 2 * y, width: 2 * width, height: 2 * height }
  const planes = [cropImage(luma, whole), cropImage(blue, half), cropImage(red, half)] as const
  return { x: whole.x, y: whole.y, planes }
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
