import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { anchorToImage, projectToAnchor } from '../../src/camera/anchor-frame.ts'
import { createMeshDecoder } from '../../src/decoder/create-mesh-decoder.ts'
import { InvalidArgumentError } from '../../src/errors/mesh-decoder-error.ts'
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
