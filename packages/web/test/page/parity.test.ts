import { mnet025, mnet025Lean } from '@retinaface/models/research'
import { createRetinaFace, type Face, type PixelImage } from '@retinaface/node'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePhoto } from '../support/sample-photo.ts'
import { openSourcePage, type SourcePage } from '../support/source-page.ts'

let source: SourcePage

beforeAll(async () => {
  source = await openSourcePage()
})
afterAll(() => source.close())

async function decode(number: 1 | 3 | 5): Promise<PixelImage> {
  const image = sharp(samplePhoto(number)).removeAlpha().raw()
  const { data, info } = await image.toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height, channels: 3 }
}

interface PlainFace {
  readonly score: number
  readonly points: number[]
  readonly vertices: number[]
}

function plain({ score, box, landmarks, mesh }: Face): PlainFace {
  return { score, points: [...box, ...landmarks.flat()], vertices: [...(mesh?.positions ?? [])] }
}

type ResearchModel = 'mnet025' | 'mnet025Lean'

async function detectInPage(
  image: PixelImage,
  model: ResearchModel | undefined,
  mesh: boolean,
): Promise<PlainFace[]> {
  const { data, width, height } = image
  await source.page.route('**/pixels', (route) => route.fulfill({ body: Buffer.from(data) }))
  return source.page.evaluate(
    async (size) => {
      const pixels = new Uint8Array(await (await fetch('/pixels')).arrayBuffer())
      const detector = await globalThis.retinaface.createWorkerRetinaFace(
        size.model ? { model: globalThis.researchModels[size.model] } : {},
      )
      const photo = { data: pixels, width: size.width, height: size.height, channels: 3 as const }
      const faces = await detector.detect(photo, { mesh: size.mesh })
      await detector.dispose()
      return faces.map((face) => ({
        score: face.score,
        points: [...face.box, ...face.landmarks.flat()],
        vertices: [...(face.mesh?.positions ?? [])],
      }))
    },
    { width, height, model, mesh },
  )
}

function farthest(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length)
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)
}

test.each([
  ['mnet025', 3, true],
  ['mnet025Lean', 5, false],
  [undefined, 1, false],
  [undefined, 3, true],
  [undefined, 5, false],
] as const)(
  '%s, where none is named the default, finds on photo %i the faces that it finds in Node, mesh: %s',
  async (...given) => {
    const [model, number, mesh] = given
    const image = await decode(number)
    const node = await createRetinaFace(model ? { model: { mnet025, mnet025Lean }[model].id } : {})
    const expected = (await node.detect(image, { mesh })).map(plain)
    await node.dispose()
    const found = await detectInPage(image, model, mesh)
    expect(found.length).toBe(expected.length)
    expect(found.length).toBeGreaterThan(0)
    found.forEach((face, i) => {
      expect(Math.abs(face.score - expected[i]!.score)).toBeLessThan(0.005)
      expect(farthest(face.points, expected[i]!.points)).toBeLessThan(0.5)
      expect(face.vertices.length > 0).toBe(mesh)
      expect(farthest(face.vertices, expected[i]!.vertices)).toBeLessThan(0.5)
    })
  },
)
