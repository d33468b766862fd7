import {
  type Face,
  type FaceDetector,
  type FivePoints,
  type PixelImage,
  warpImage,
} from '@retinaface/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DLIB_RESNET, type Recognizer, similarity, verify } from '../src/index.ts'
import descriptor from './goldens/face-api-descriptor.json' with { type: 'json' }
import { stripedPicture } from './support/striped-picture.ts'

/** Cut out with these, a picture of 150×150 stays as it is. */
const asItIs = { landmarks: DLIB_RESNET.template.points as FivePoints }

/** What embedders do on every platform. */
export function testRecognizer<Source>(
  open: () => Promise<[FaceDetector<Source>, Recognizer<Source>]>,
  photo: Source,
): void {
  let retinaface: FaceDetector<Source>
  let recognizer: Recognizer<Source>
  let picture: PixelImage
  let faces: Face[]
  const striped = stripedPicture as Source

  beforeAll(async () => {
    const opened = await open()
    retinaface = opened[0]
    recognizer = opened[1]
    picture = await retinaface.readImage(photo)
    const options = { scoreThreshold: 0.9, inputSize: 960, maxFaces: 3, mesh: true } as const
    faces = await retinaface.detect(picture as Source, options)
  })

  afterAll(async () => {
    await Promise.all([retinaface.dispose(), recognizer.dispose()])
  })

  test('a face is described as face-api.js describes it', async () => {
    const embedding = await recognizer.embed(striped, asItIs, { flip: false })
    expect(embedding).toHaveLength(128)
    expect(farthest(embedding, descriptor)).toBeLessThan(1e-4)
  })

  test('flip takes the mean with the mirrored face', async () => {
    const mirrored = warpImage(stripedPicture, [-1, 0, 149, 0, 1, 0], { width: 150, height: 150 })
    const [one, other] = [
      await recognizer.embed(striped, asItIs, { flip: false }),
      await recognizer.embed(mirrored as Source, asItIs, { flip: false }),
    ]
    expect(farthest(one, other)).toBeGreaterThan(0.01)
    const mean = one.map((value, i) => (value + other[i]!) / 2)
    expect(farthest(await recognizer.embed(striped, asItIs), mean)).toBeLessThan(1e-6)
  })

  test('a person is more like itself in a smaller picture than like others', async () => {
    const [width, height] = [Math.round(picture.width / 2), Math.round(picture.height / 2)]
    const smaller = warpImage(picture, [0.5, 0, -0.25, 0, 0.5, -0.25], { width, height })
    const halved = faces.map(({ landmarks }) => ({
      landmarks: landmarks.map(([x, y]) => [x / 2 - 0.25, y / 2 - 0.25]) as unknown as FivePoints,
    }))
    const people = await recognizer.embed(photo, faces)
    const again = await recognizer.embed(smaller as Source, halved)
    expect(people.length).toBe(3)
    const threshold = 0.82
    for (const [i, person] of people.entries()) {
      for (const [j, other] of again.entries()) {
        expect(verify(person, other, threshold).same).toBe(i === j)
      }
    }
  })

  test('many faces give what each gives alone, and none gives none', async () => {
    const together = await recognizer.embed(picture as Source, faces, { flip: false })
    const alone = await recognizer.embed(picture as Source, faces[1]!, { flip: false })
    expect(farthest(together[1]!, alone)).toBeLessThan(1e-6)
    expect(await recognizer.embed(picture as Source, [])).toEqual([])
  })

  test.each(['box', 'mesh'] as const)(
    'alignment %s looks at the face in another way',
    async (alignment) => {
      const options = { flip: false } as const
      const points = await recognizer.embed(picture as Source, faces[0]!, options)
      const other = await recognizer.embed(picture as Source, faces[0]!, { ...options, alignment })
      expect(similarity(points, other)).toBeLessThan(0.999)
      expect(similarity(points, other)).toBeGreaterThan(0.7)
    },
  )

  test('bad input is told', async () => {
    const refused = (face: object, options: object) =>
      expect(recognizer.embed(striped, face as Face, options)).rejects
    await refused({}, {}).toMatchObject({ code: 'INVALID_ARGUMENT', argument: 'face' })
    await refused(asItIs, { alignment: 'mesh' }).toThrow('detect with mesh: true')
    await refused(asItIs, { alignment: 'box' }).toThrow('a box [x1, y1, x2, y2]')
    await refused(asItIs, { alignment: 'eyes' }).toThrow('one of points, box, mesh')
    await refused(asItIs, { flips: true }).toThrow('no others than alignment, flip, signal')
    await refused(asItIs, { flip: 1 }).toThrow('a boolean for options.flip')
  })

  test('an aborted signal ends it with its reason', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const embedding = recognizer.embed(striped, Array(50).fill(asItIs), { signal })
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(embedding).rejects.toBe(reason)
    await expect(recognizer.embed(striped, asItIs, { signal })).rejects.toBe(reason)
  })

  test('what was disposed of refuses to work, and finishes what was under way', async () => {
    const [detector, another] = await open()
    // Pixels are there at once, so that it works on the face when it is disposed of.
    const reader = { ...detector, readImage: async () => stripedPicture }
    const parts = another as unknown as { retinaface: object }
    parts.retinaface = reader
    const last = another.embed(striped, asItIs, { flip: false })
    await Promise.resolve()
    await Promise.resolve()
    await another.dispose()
    await another.dispose()
    expect(await last).toHaveLength(128)
    await expect(another.embed(striped, asItIs)).rejects.toMatchObject({ code: 'DISPOSED' })
    await detector.dispose()
  })
}

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)))
}
