import { expect, test } from 'vitest'
import type { DetectOptions } from '../../src/face/detect-options.ts'
import type { Box, Face } from '../../src/face/face.ts'
import { findFacesToHide } from '../../src/hide/find-faces-to-hide.ts'
import type { PixelImage } from '../../src/image/pixel-image.ts'

const [width, height] = [4, 2]

/** RGBA whose pixels are [10, 20, 30] under the given alphas. */
function withAlpha(...alphas: number[]): PixelImage {
  const data = Uint8Array.from(alphas.flatMap((alpha) => [10, 20, 30, alpha]))
  return { data, width, height, channels: 4 }
}

/** Gives one list of boxes a look, and keeps what it was asked to look at. */
function detectorOf(...looks: Box[][]) {
  const asked: { image: PixelImage; options: DetectOptions | undefined }[] = []
  const detect = async (image: PixelImage, options?: DetectOptions): Promise<Face[]> => {
    const boxes = looks[asked.length]!
    asked.push({ image, options })
    return boxes.map((box, i) => ({ box, score: 1 - i / 10, landmarks: [[0, 0]] }) as never)
  }
  return { asked, detect }
}

test('looks once, carefully, at what is opaque or wholly transparent', async () => {
  const opaque = withAlpha(255, 255, 255, 0, 255, 255, 255, 255)
  const detector = detectorOf([[0, 0, 2, 2]])
  expect(await findFacesToHide(detector, opaque, { maxFaces: 9, turns: false })).toHaveLength(1)
  expect(detector.asked).toEqual([
    { image: opaque, options: { scoreThreshold: 0.2, inputSize: 'pyramid', maxFaces: 9 } },
  ])
})

test('looks at the bare colours of translucent pixels too, and tells each face once', async () => {
  const translucent = withAlpha(255, 16, 255, 0, 255, 255, 255, 255)
  const detector = detectorOf(
    [[0, 0, 2, 2]],
    [
      [0, 0, 2, 2.1],
      [2, 0, 4, 2],
    ],
  )
  const faces = await findFacesToHide(detector, translucent, { scoreThreshold: 0.5, turns: false })
  expect(faces.map(({ box }) => box)).toEqual([
    [0, 0, 2, 2],
    [2, 0, 4, 2],
  ])
  const { image, options } = detector.asked[1]!
  expect(options).toEqual({ scoreThreshold: 0.5, inputSize: 'pyramid' })
  expect(image.channels).toBe(3)
  expect([...image.data.subarray(0, 12)]).toEqual([
    10, 20, 30, 10, 20, 30, 10, 20, 30, 255, 255, 255,
  ])
})

/** A detector that takes one bright pixel for a face whose landmarks lie in its corner, if it may look. */
function pixelDetector(
  isSeen: (image: PixelImage, options: DetectOptions) => boolean = () => true,
) {
  const asked: DetectOptions[] = []
  const detect = async (image: PixelImage, options: DetectOptions = {}): Promise<Face[]> => {
    asked.push(options)
    const at = image.data.indexOf(255)
    if (at < 0 || !isSeen(image, options)) return []
    const [x, y] = [at % image.width, Math.floor(at / image.width)]
    return [{ box: [x, y, x + 1, y + 1], score: 0.9, landmarks: [[x, y]] } as never]
  }
  return { asked, detect }
}

/** Grey and dark but for one pixel. */
function oneBright(columns: number, rows: number, x: number, y: number): PixelImage {
  const data = new Uint8Array(columns * rows)
  data[y * columns + x] = 255
  return { data, width: columns, height: rows, channels: 1 }
}

test.each([
  ['a quarter', (image: PixelImage) => image.width === 5 && image.data[0] === 0],
  ['half a turn', (image: PixelImage) => image.width === 7 && image.data.indexOf(255) > 17],
])('a face that only the picture turned by %s shows is told where it lies', async (_, isSeen) => {
  const detector = pixelDetector(isSeen)
  const faces = await findFacesToHide(detector, oneBright(7, 5, 1, 1))
  expect(faces.map(({ box }) => box)).toEqual([[1, 1, 2, 2]])
  expect(detector.asked.map(({ scoreThreshold }) => scoreThreshold)).toEqual([0.2, 0.5, 0.5, 0.5])
})

test('its landmarks are turned with it, and a region stays where it is', async () => {
  const image = oneBright(9, 8, 4, 5)
  const detector = pixelDetector(({ width: columns }) => columns === 4)
  const region = { x: 3, y: 4, width: 3, height: 4 }
  const [face] = await findFacesToHide(detector, image, { region })
  // In the quarter turned the pixel's upper left corner is its lower left one.
  expect(face).toMatchObject({ box: [4, 5, 5, 6], landmarks: [[4, 6]] })
})

test('upright faces are told once; large pictures are looked at reduced first', async () => {
  const large = oneBright(800, 2, 300, 1)
  const upright = pixelDetector()
  expect(await findFacesToHide(upright, large)).toHaveLength(1)
  expect(upright.asked.map(({ inputSize }) => inputSize)).toEqual(['pyramid', 640, 640, 640])
  const turned = pixelDetector(({ width: columns }) => columns === 2)
  expect(await findFacesToHide(turned, large)).toHaveLength(1)
  expect(turned.asked.map(({ inputSize }) => inputSize)).toEqual([
    ...['pyramid', 640, 'pyramid', 640, 640, 'pyramid'],
  ])
  const every = pixelDetector()
  await findFacesToHide(every, large, { turns: true })
  expect(every.asked.map(({ inputSize }) => inputSize)).toEqual(Array(4).fill('pyramid'))
})
