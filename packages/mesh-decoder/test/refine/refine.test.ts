import { describe, expect, test } from 'vitest'
import { anchorToImage, projectToAnchor } from '../../src/camera/anchor-frame.ts'
import { InvalidArgumentError } from '../../src/errors/retinaface-error.ts'
import { coloredMesh } from '../../src/raster/render-face.ts'
import type { FaceParameters } from '../../src/refine/face-parameters.ts'
import { refine, refineSteps } from '../../src/refine/refine.ts'
import { readFaceTopology } from '../helpers/face-topology.ts'
import { LinearDecoder } from '../helpers/linear-decoder.ts'
import { type SyntheticScene, syntheticScene } from '../helpers/synthetic-scene.ts'

const { positions, triangles } = readFaceTopology().levels.at(-1)!
const decoder = new LinearDecoder(positions, 16)

/** The decoded vertices in the image frame. */
function verticesOf({ latent, camera }: FaceParameters, anchor: SyntheticScene['anchor']) {
  const shape = coloredMesh(decoder.decode(latent), triangles).positions
  return anchorToImage(projectToAnchor(shape, camera), anchor)
}

/** Mean distance of the vertices to where they are in truth, pixels of the 128 × 128 picture. */
function errorOf(parameters: FaceParameters, { truth, anchor }: SyntheticScene): number {
  const [found, real] = [verticesOf(parameters, anchor), verticesOf(truth, anchor)]
  let sum = 0
  for (let i = 0; i < real.length; i += 3) {
    sum += Math.hypot(found[i]! - real[i]!, found[i + 1]! - real[i + 1]!)
  }
  return (sum / real.length) * 3
}

const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length

test('100 random faces are recovered from perturbed starts, none diverges', {
  timeout: 300_000,
}, () => {
  const errors = Array.from({ length: 100 }, (_, seed) => {
    const scene = syntheticScene(decoder, triangles, seed)
    const options = { decoder, triangles, anchor: scene.anchor, cropSize: 48 }
    const { parameters, before, after } = refine(scene.image, scene.start, options)
    expect(after.objective, `objective of face ${seed}`).toBeLessThan(before.objective)
    expect(after.loss, `L_pixel of face ${seed}`).toBeLessThan(before.loss)
    return { before: errorOf(scene.start, scene), after: errorOf(parameters, scene) }
  })
  for (const { before, after } of errors) expect(after).toBeLessThan(before)
  expect(mean(errors.map(({ before }) => before))).toBeGreaterThan(4)
  expect(mean(errors.map(({ after }) => after))).toBeLessThan(0.35)
})

describe('refine', () => {
  const scene = syntheticScene(decoder, triangles, 4)
  const options = { decoder, triangles, anchor: scene.anchor, cropSize: 48, steps: 3 }

  test('never raises the objective, and yields the start first', () => {
    const steps = [...refineSteps(scene.image, scene.start, { ...options, steps: 8 })]
    expect(steps[0]!.parameters).toEqual(scene.start)
    expect(steps.length).toBeGreaterThan(3)
    for (let i = 1; i < steps.length; i++) {
      expect(steps[i]!.objective).toBeLessThan(steps[i - 1]!.objective)
    }
  })

  test('says the same of a result as a fresh look at it', () => {
    const result = refine(scene.image, scene.start, options)
    expect(result.steps).toBe(3)
    const { before } = refine(scene.image, scene.start, { ...options, steps: 0 })
    expect(before).toMatchObject({ loss: result.before.loss, objective: result.before.objective })
  })

  test('takes no more steps than asked, and leaves the start as it was', () => {
    const copy = structuredClone(scene.start)
    expect(refine(scene.image, scene.start, { ...options, steps: 2 }).steps).toBe(2)
    expect(scene.start).toEqual(copy)
  })

  test('a stronger prior keeps the latent nearer to the mean face', () => {
    const length = (priorWeight: number) => {
      const { parameters } = refine(scene.image, scene.start, { ...options, priorWeight })
      return Math.hypot(...parameters.latent)
    }
    expect(length(0.05)).toBeLessThan(0.5 * length(1e-5))
  })

  test('a larger crop is compared in more detail', () => {
    const loss = (cropSize: number) => {
      return refine(scene.image, scene.start, { ...options, cropSize, steps: 0 }).before.loss
    }
    expect(loss(96)).not.toBe(loss(24))
    expect(Math.abs(loss(96) / loss(24) - 1)).toBeLessThan(0.1)
  })

  test('options and faces out of range are named', () => {
    const given = (change: object) => () =>
      refine(scene.image, scene.start, { ...options, ...change })
    expect(given({ cropSize: 0 })).toThrow('options.cropSize')
    expect(given({ cropSize: 20.5 })).toThrow('a positive integer')
    expect(given({ steps: -1 })).toThrow('options.steps')
    expect(given({ priorWeight: Number.NaN })).toThrow('options.priorWeight')
    expect(given({ triangles: Int32Array.of(0, 1, 1833) })).toThrow('options.triangles')
  })

  test('a crop of many pixels works', () => {
    const { steps } = refine(scene.image, scene.start, { ...options, cropSize: 400, steps: 1 })
    expect(steps).toBe(1)
  })

  test('landmarks of no vertex, or of none that the mesh has, are refused', () => {
    const given = (vertices: number[], points: number[]) => () =>
      refine(scene.image, scene.start, { ...options, landmarks: { vertices, points } })
    expect(given([], [])).toThrow('landmarks.vertices')
    expect(given([1833], [0, 0])).toThrow('indices below 1833')
    expect(given([1], [0, 0, 0])).toThrow('landmarks.points')
  })

  test('landmarks pull the face where they are', () => {
    const vertices = [33, 263, 1, 61, 291]
    const truth = verticesOf(scene.truth, scene.anchor)
    const points = vertices.flatMap((vertex) => [truth[vertex * 3]! + 8, truth[vertex * 3 + 1]!])
    const shift = (parameters: FaceParameters) => {
      const found = verticesOf(parameters, scene.anchor)
      return mean(vertices.map((vertex, i) => points[i * 2]! - found[vertex * 3]!))
    }
    const without = refine(scene.image, scene.start, options)
    const landmarks = { vertices, points }
    const pulled = refine(scene.image, scene.start, { ...options, landmarks })
    expect(Math.abs(shift(pulled.parameters))).toBeLessThan(Math.abs(shift(without.parameters)) - 1)
  })

  test('works on the part of a face that the picture shows', () => {
    const half = { ...scene.image, width: 64, rowStride: 128 * 3 }
    const { before, after } = refine(half, scene.start, options)
    expect(after.loss).toBeLessThan(0.7 * before.loss)
  })

  test('a face outside the picture, or behind the camera, is refused', () => {
    const away = { ...options, anchor: { centre: [900, 900] as const, size: 70 } }
    expect(() => refine(scene.image, scene.start, away)).toThrow(InvalidArgumentError)
    expect(() => refine(scene.image, scene.start, away)).toThrow('at least one pixel')
    const behind = { ...scene.start, camera: scene.start.camera.map((x, i) => (i === 2 ? -x : x)) }
    expect(() => refine(scene.image, behind, options)).toThrow('in front of the camera')
    const short = { ...scene.start, latent: new Float32Array(3) }
    expect(() => refine(scene.image, short, options)).toThrow('start.latent')
  })
})
