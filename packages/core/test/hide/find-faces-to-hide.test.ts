import { expect, test } from 'vitest'
import type { DetectOptions } from '../../src/face/detect-options.ts'
import type { Box, Face } from '../../src/face/face.ts'
import { findFacesToHide, HIDE_DETECT_DEFAULTS } from '../../src/hide/find-faces-to-hide.ts'
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
    {
      image: opaque,
      options: { scoreThreshold: 0.2, inputSize: 'pyramid', turns: false, maxFaces: 9 },
    },
  ])
})

test('options that are undefined leave the careful defaults', async () => {
  const detector = detectorOf([])
  const opaque = withAlpha(255, 255, 255, 255, 255, 255, 255, 255)
  const options = { scoreThreshold: undefined, inputSize: undefined, turns: undefined }
  await findFacesToHide(detector, opaque, options as unknown as DetectOptions)
  expect(detector.asked[0]!.options).toEqual(HIDE_DETECT_DEFAULTS)
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
  const faces = await findFacesToHide(detector, translucent, { scoreThreshold: 0.5 })
  expect(faces.map(({ box }) => box)).toEqual([
    [0, 0, 2, 2],
    [2, 0, 4, 2],
  ])
  const { image, options } = detector.asked[1]!
  expect(options).toEqual({ scoreThreshold: 0.5, inputSize: 'pyramid', turns: 'auto' })
  expect(image.channels).toBe(3)
  expect([...image.data.subarray(0, 12)]).toEqual([
    10, 20, 30, 10, 20, 30, 10, 20, 30, 255, 255, 255,
  ])
})
