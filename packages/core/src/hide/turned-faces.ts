import type { FivePoints } from '../align/align-face.ts'
import type { DetectOptions, InputSizeOption } from '../face/detect-options.ts'
import type { Box, Face } from '../face/face.ts'
import { cropImage, type PixelImage } from '../image/pixel-image.ts'
import type { ImageSize } from '../image/shrunken-image.ts'
import { type QuarterTurns, turnBack, turnImage } from '../image/turn-image.ts'
import type { PixelDetector } from './pixel-detector.ts'

// The first look at a turned picture, in pixels of its long side.
const firstLook = 640
// Below it, what is found in turned pictures is mostly none.
const leastScore = 0.5

/**
 * Finds the faces that are upright when a picture is turned by a quarter, by half or by three quarters.
 *
 * @param known the faces of the picture as it is; they are not told again
 * @returns boxes and landmarks in the picture as it is; anchors in the turned one
 * @param everyPixel false: where a reduced copy shows no such face, its pixels are not looked at
 */
export async function findTurnedFaces(
  retinaface: PixelDetector,
  image: PixelImage,
  { region, inputSize = 'auto', scoreThreshold = 0, ...options }: DetectOptions,
  known: readonly Face[],
  everyPixel: boolean,
): Promise<Face[]> {
  const part = region ? cropImage(image, region) : image
  const corner = [region?.x ?? 0, region?.y ?? 0] as const
  const found: Face[] = []
  for (const quarters of [1, 2, 3] as const) {
    const turned = turnImage(part, quarters)
    const look = async (size: InputSizeOption) => {
      const least = Math.max(leastScore, scoreThreshold)
      const wanted = { ...options, inputSize: size, scoreThreshold: least }
      const faces = await retinaface.detect(turned, wanted)
      return faces
        .map((face) => faceTurnedBack(face, part, quarters, corner))
        .filter(({ box }) => !known.some((other) => isSame(box, other.box)))
    }
    const isLarge = Math.max(part.width, part.height) > firstLook
    const goesOn = everyPixel || !isLarge || (await look(firstLook)).length > 0
    if (goesOn) found.push(...(await look(inputSize)))
  }
  return found
}

function faceTurnedBack(
  face: Face,
  size: ImageSize,
  quarters: QuarterTurns,
  [left, top]: readonly [number, number],
): Face {
  const toImage = (point: readonly [number, number]): readonly [number, number] => {
    const [x, y] = turnBack(point, size, quarters)
    return [x + left, y + top]
  }
  const [x1, y1, x2, y2] = face.box
  const [a, b] = [toImage([x1, y1]), toImage([x2, y2])]
  const box: Box = [
    Math.min(a[0], b[0]),
    Math.min(a[1], b[1]),
    Math.max(a[0], b[0]),
    Math.max(a[1], b[1]),
  ]
  return { ...face, box, landmarks: face.landmarks.map(toImage) as unknown as FivePoints }
}

/** True if most of the smaller of two boxes lies in the other. */
function isSame(a: Box, b: Box): boolean {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0])
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1])
  const smaller = Math.min(areaOf(a), areaOf(b))
  return width > 0 && height > 0 && width * height > smaller / 2
}

function areaOf([x1, y1, x2, y2]: Box): number {
  return (x2 - x1) * (y2 - y1)
}
