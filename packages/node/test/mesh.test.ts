import {
  type DetectOptions,
  type Face,
  type FaceDetector,
  InvalidArgumentError,
  ModelMismatchError,
  type PixelImage,
} from '@retinaface/core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRetinaFace } from '../src/create-retinaface.ts'
import type { NodeImageSource } from '../src/read-image.ts'
import { samplePhoto } from './support/pictures.ts'

// MediaPipe's vertices at the outer and inner corner of each eye, the nose tip and the mouth's corners.
const parts = {
  rightEye: [33, 133],
  leftEye: [362, 263],
  nose: [1],
  rightMouth: [61],
  leftMouth: [291],
}
const order = ['rightEye', 'leftEye', 'nose', 'rightMouth', 'leftMouth'] as const

function vertex({ mesh }: Face, part: keyof typeof parts): [number, number] {
  const indices = parts[part]
  const mean = (axis: number) =>
    indices.reduce((sum, i) => sum + mesh!.positions[3 * i + axis]!, 0) / indices.length
  return [mean(0), mean(1)]
}

/** Largest distance of a landmark from the mesh's vertices there, in face sizes. */
function misfit(face: Face): number {
  const [x1, y1, x2, y2] = face.box
  const size = Math.sqrt((x2 - x1) * (y2 - y1))
  const distances = order.map((part, i) => {
    const [x, y] = vertex(face, part)
    return Math.hypot(x - face.landmarks[i]![0], y - face.landmarks[i]![1]) / size
  })
  return Math.max(...distances)
}

describe('detect with mesh', () => {
  let retinaface: FaceDetector<NodeImageSource>
  beforeAll(async () => {
    retinaface = await createRetinaFace()
  })
  afterAll(() => retinaface.dispose())

  const sure = { scoreThreshold: 0.9, inputSize: 1024 }

  test('every face has a mesh whose eyes, nose and mouth lie at the landmarks', async () => {
    const faces = await retinaface.detect(samplePhoto(5), { ...sure, mesh: true })
    expect(faces).toHaveLength(5)
    for (const face of faces) {
      expect(face.mesh!.positions).toHaveLength(1833 * 3)
      expect(misfit(face)).toBeLessThan(0.12)
      expect(face.latent).toHaveLength(128)
      expect(face.camera).toHaveLength(7)
      expect(face.light).toHaveLength(9)
    }
    expect(faces[1]!.mesh!.triangles).toBe(faces[0]!.mesh!.triangles)
  })

  test('a face is plain data: clones and JSON have the parts that are computed when read', async () => {
    const [face] = await retinaface.detect(samplePhoto(1), { ...sure, mesh: true, maxFaces: 1 })
    const clone = structuredClone(face!)
    const spread = { ...face!.mesh! }
    const parsed = JSON.parse(JSON.stringify(face)) as Face
    for (const part of ['positions', 'canonical', 'colors', 'triangles', 'uv'] as const) {
      expect(clone.mesh![part]).toEqual(face!.mesh![part])
      expect(spread[part]).toBe(face!.mesh![part])
      expect(Object.values(parsed.mesh![part])).toEqual([...face!.mesh![part]])
    }
    expect(face!.mesh!.canonical).toHaveLength(1833 * 3)
    expect(face!.mesh!.colors).toHaveLength(1833 * 3)
  })

  test('boxes, landmarks and scores are the same with and without meshes', async () => {
    const plain = await retinaface.detect(samplePhoto(4), sure)
    const withMesh = await retinaface.detect(samplePhoto(4), { ...sure, mesh: true })
    expect(withMesh.map(({ score, box, landmarks }) => ({ score, box, landmarks }))).toEqual(
      plain.map(({ score, box, landmarks }) => ({ score, box, landmarks })),
    )
    expect(plain[0]).not.toHaveProperty('mesh')
    expect(withMesh[0]).not.toHaveProperty('contextFeatures')
  })

  test('yaw changes its sign in the mirrored photograph, and roll too', async () => {
    const mirrored = await sharp(samplePhoto(5)).flop().toBuffer()
    const faces = await retinaface.detect(samplePhoto(5), { ...sure, mesh: true })
    const others = await retinaface.detect(mirrored, { ...sure, mesh: true })
    const byPlace = (list: Face[], sign: number) =>
      list.toSorted((a, b) => sign * (a.box[0] - b.box[0])).map(({ pose }) => pose!)
    const poses = byPlace(faces, 1)
    byPlace(others, -1).forEach(({ yaw, roll }, i) => {
      expect(Math.abs(yaw + poses[i]!.yaw)).toBeLessThan(12)
      expect(Math.abs(roll + poses[i]!.roll)).toBeLessThan(12)
    })
    expect(Math.max(...poses.map(({ yaw }) => Math.abs(yaw)))).toBeGreaterThan(15)
  })

  test('texture, normals and refine each change what they name', async () => {
    const detect = async (options: object) =>
      (await retinaface.detect(samplePhoto(1), { ...sure, maxFaces: 1, mesh: options }))[0]!
    const plain = await detect({})
    const photo = await detect({ texture: 'image' })
    expect(photo.mesh!.colors).not.toEqual(plain.mesh!.colors)
    expect(photo.mesh!.positions).toEqual(plain.mesh!.positions)
    const withNormals = await detect({ normals: true })
    const { normals } = withNormals.mesh!
    expect(Math.hypot(normals![0]!, normals![1]!, normals![2]!)).toBeCloseTo(1, 4)
    expect(plain.mesh).not.toHaveProperty('normals')
    const refined = await detect({ refine: 2 })
    expect(refined.latent).not.toEqual(plain.latent)
  })

  test('refining lets other work have its turn, and stops when it is told to', async () => {
    const signal = AbortSignal.timeout(50)
    const refining = retinaface.detect(samplePhoto(5), { mesh: { refine: 100 }, signal })
    await expect(refining).rejects.toThrow(DOMException)
    await expect(refining).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  test('a face of which the picture shows nothing is left as it was predicted', async () => {
    const data = Uint8Array.from({ length: 40 * 40 * 3 }, (_, i) => (i * 7919) % 251)
    const noise: PixelImage = { data, width: 40, height: 40, channels: 3 }
    const options = { scoreThreshold: 0, mesh: true }
    const plain = await retinaface.detect(noise, options)
    const refined = await retinaface.detect(noise, { ...options, mesh: { refine: 1 } })
    expect(refined).toHaveLength(plain.length)
    const isLeft = refined.map(({ latent }, i) =>
      latent!.every((x, k) => x === plain[i]!.latent![k]),
    )
    expect(isLeft).toContain(true)
  })

  test('faces found in several scales and mirrored copies keep their meshes', async () => {
    const protocol = { inputSize: { shortSides: [480, 640] }, flip: true, boxVoting: true }
    const faces = await retinaface.detect(samplePhoto(5), {
      ...protocol,
      scoreThreshold: 0.9,
      mesh: true,
    })
    expect(faces).toHaveLength(5)
    for (const face of faces) expect(misfit(face)).toBeLessThan(0.12)
  })

  test('an option of meshes without mesh, and a detector without a branch, are named', async () => {
    const misplaced = { refine: 1 } as DetectOptions
    await expect(retinaface.detect(samplePhoto(1), misplaced)).rejects.toThrow(InvalidArgumentError)
    const other = await createRetinaFace({ model: 'mnet025-v1' })
    const attempt = other.detect(samplePhoto(1), { mesh: true })
    await expect(attempt).rejects.toThrow(ModelMismatchError)
    await expect(attempt).rejects.toThrow(/"mnet025-v1" has no mesh branch/)
    await other.dispose()
  })
})
