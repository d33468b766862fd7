import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { anchorToImage, projectToAnchor } from '../../src/camera/anchor-frame.ts'
import { createMeshDecoder } from '../../src/decoder/create-mesh-decoder.ts'
import { InvalidArgumentError } from '../../src/errors/retinaface-error.ts'
import { coloredMesh } from '../../src/raster/render-face.ts'
import { smallTopology } from '../topology/grid-mesh.ts'
import { decoderLayers } from './architectures.ts'
import { randomWeightFile } from './random-weights.ts'

const layers = decoderLayers([8, 24, 63, 221], [9, 5, 7], {
  latentSize: 4,
  K: 3,
  activation: 'elu',
})
const options = { topology: smallTopology(), weights: randomWeightFile(layers, 221) }
const anchor = { centre: [812.5, 340.25], size: 64 } as const

const camera = fc
  .tuple(
    ...[2, 2, 2].map((most) => fc.double({ min: -most, max: most, noNaN: true })),
    fc.double({ min: 30, max: 200, noNaN: true }),
    ...[10, 10].map((most) => fc.double({ min: -most, max: most, noNaN: true })),
  )
  .map(([x, y, z, distance, tx, ty]) => Float32Array.of(tx!, ty!, -distance!, x!, y!, z!, 4))

describe.each(['wasm-simd', 'javascript'] as const)('decodeInImage by %s', (backend) => {
  const decoder = createMeshDecoder({ ...options, backend })

  test.prop({ camera })('is decode, projectToAnchor and anchorToImage in one go', ({ camera }) => {
    const latent = Float32Array.of(0.5, -1, 2, camera[3]!)
    const { positions, colors } = coloredMesh(decoder.decode(latent), new Int32Array())
    const mesh = decoder.decodeInImage(latent, camera, anchor)
    expect(mesh.canonical).toEqual(positions)
    expect(mesh.colors).toEqual(colors)
    const expected = anchorToImage(projectToAnchor(positions, camera), anchor)
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const errors = expected.map((value, i) => Math.abs(value - mesh.positions[i]!) / largest)
    expect(Math.max(...errors)).toBeLessThan(1e-5)
  })

  it('decodes any number of faces as one after the other', () => {
    const faces = Array.from({ length: 19 }, (_, i) => ({
      latent: Float32Array.from({ length: 4 }, (_, k) => Math.sin(7 * i + k)),
      camera: Float32Array.of(i, -i, -60 - i, 0.1 * i, 0.2, -0.3, 4),
      anchor: { centre: [50 * i, 3 * i], size: 16 + i } as const,
    }))
    for (let count = 0; count <= faces.length; count++) {
      const meshes = decoder.decodeAllInImage(faces.slice(0, count))
      expect(meshes).toHaveLength(count)
      meshes.forEach((mesh, i) => {
        const { latent, camera, anchor } = faces[i]!
        const alone = decoder.decodeInImage(latent, camera, anchor)
        for (const part of ['positions', 'canonical', 'colors'] as const) {
          const most = alone[part].reduce((top, value) => Math.max(top, Math.abs(value)), 1)
          const errors = alone[part].map((value, k) => Math.abs(value - mesh[part][k]!) / most)
          expect(Math.max(...errors)).toBeLessThan(1e-6)
        }
      })
    }
  })

  it('takes what its first layer makes of a latent as it takes the latent', () => {
    const { weight, bias } = decoder.latentLayer()
    const faces = Array.from({ length: 3 }, (_, i) => ({
      latent: Float32Array.of(i, 1, -i, 0.5),
      camera: Float32Array.of(0, 0, -60, 0.1, 0.2, i, 4),
      anchor,
    }))
    const other = new Float32Array(4)
    const known = faces.map((face) => ({
      ...face,
      latent: other,
      coarse: bias.map((value, row) => {
        return face.latent.reduce((sum, x, k) => sum + weight[4 * row + k]! * x, value)
      }),
    }))
    const expected = decoder.decodeAllInImage([...faces, { ...faces[0]!, latent: other }])
    for (const given of [known, [...known, { ...faces[0]!, latent: other }]]) {
      decoder.decodeAllInImage(given).forEach((mesh, i) => {
        for (const part of ['positions', 'canonical', 'colors'] as const) {
          const most = expected[i]![part].reduce((top, value) => Math.max(top, Math.abs(value)), 1)
          const errors = mesh[part].map((value, k) => Math.abs(value - expected[i]![part][k]!))
          expect(Math.max(...errors) / most).toBeLessThan(1e-5)
        }
      })
    }
    expect(() => decoder.decodeAllInImage([{ ...faces[0]!, coarse: other }])).toThrow('for coarse')
  })

  it('keeps what is read later apart from the faces decoded since', () => {
    const camera = Float32Array.of(0, 0, -60, 0, 0, 0, 4)
    const latents = [Float32Array.of(1, 2, 3, 4), Float32Array.of(-1, 0, 2, 0)]
    const alone = latents.map((latent) =>
      structuredClone(decoder.decodeInImage(latent, camera, anchor)),
    )
    const meshes = decoder.decodeAllInImage(latents.map((latent) => ({ latent, camera, anchor })))
    decoder.decode(new Float32Array(4))
    meshes.toReversed().forEach((mesh, i) => {
      const { canonical, colors } = alone[1 - i]!
      for (const [k, value] of canonical.entries()) expect(mesh.canonical[k]).toBeCloseTo(value, 5)
      for (const [k, value] of colors.entries()) expect(mesh.colors[k]).toBeCloseTo(value, 5)
      expect(mesh.colors).toBe(mesh.colors)
    })
  })

  it('gives arrays that the next face does not change', () => {
    const camera = Float32Array.of(0, 0, -60, 0, 0, 0, 4)
    const first = decoder.decodeInImage(Float32Array.of(1, 2, 3, 4), camera, anchor)
    const kept = structuredClone(first)
    decoder.decodeInImage(new Float32Array(4), camera, anchor)
    expect(first).toEqual(kept)
  })

  it('names an argument of the wrong length', () => {
    const short = new Float32Array(3)
    expect(() => decoder.decodeInImage(short, new Float32Array(7), anchor)).toThrow('for latent')
    expect(() => decoder.decodeInImage(new Float32Array(4), short, anchor)).toThrow(
      InvalidArgumentError,
    )
    const face = { latent: new Float32Array(4), camera: new Float32Array(7), anchor }
    expect(() => decoder.decodeAllInImage([face, { ...face, latent: short }])).toThrow('for latent')
  })
})
