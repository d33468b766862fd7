import { validateBytes } from 'gltf-validator'
import { type Mesh, type MeshBasicMaterial, MeshStandardMaterial } from 'three'
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js'
import { describe, expect, test } from 'vitest'
import { encodePng } from '../../src/export/encode-png.ts'
import { writeGlb } from '../../src/export/write-glb.ts'
import { writeObj } from '../../src/export/write-obj.ts'
import { writePly } from '../../src/export/write-ply.ts'
import { exportedFace } from '../helpers/exported-face.ts'
import { worstDifference } from '../helpers/numbers.ts'

const { positions, triangles, uv, colors } = exportedFace
const pixels = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => i)
const png = encodePng({ data: pixels, width: 8, height: 8, channels: 3 })
const texture = { bytes: png, mimeType: 'image/png' } as const

const variants = [
  { name: 'vertex colours', glb: writeGlb({ positions, triangles, colors }) },
  {
    name: 'vertex colours and texture coordinates',
    glb: writeGlb({ positions, triangles, colors, uv }),
  },
  { name: 'a texture', glb: writeGlb({ positions, triangles, uv, colors }, texture) },
  { name: 'shape alone', glb: writeGlb({ positions, triangles }) },
]

describe.each(variants)('a GLB with $name', ({ name, glb }) => {
  test('has no issue in the reference validator', async () => {
    const { issues, info } = await validateBytes(glb)
    // Texture coordinates are of use to whoever adds a texture later; the validator just notes them.
    const notes = issues.messages.filter(({ code }) => code !== 'UNUSED_OBJECT')
    expect(notes).toEqual([])
    expect(issues.numErrors + issues.numWarnings).toBe(0)
    expect(info.totalVertexCount).toBe(1833)
    expect(info.totalTriangleCount).toBe(3592)
    const images = info.resources?.filter(({ image }) => image) ?? []
    expect(images.length).toBe(name === 'a texture' ? 1 : 0)
  })
})

/** Parses a GLB as three.js does in a browser; textures need a DOM and are left out here. */
async function load(glb: Uint8Array): Promise<Mesh> {
  const { scene } = await new GLTFLoader().parseAsync(glb.slice().buffer, '')
  return scene.getObjectByProperty('isMesh', true) as Mesh
}

test('three.js reads positions in metres, normals, faces and linear colours', async () => {
  const { geometry, material } = await load(writeGlb({ positions, triangles, colors, uv }))
  const metres = positions.map((x) => x / 100)
  expect(worstDifference(geometry.getAttribute('position').array, metres)).toBeLessThan(1e-6)
  expect(geometry.getAttribute('normal').count).toBe(1833)
  expect(geometry.getIndex()!.array).toEqual(Uint32Array.from(triangles))
  expect(worstDifference(geometry.getAttribute('uv').array, uv)).toBe(0)
  const linear = geometry.getAttribute('color').array
  const encoded = Float32Array.from(linear, (x) =>
    x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055,
  )
  expect(worstDifference(encoded, colors)).toBeLessThan(1e-6)
  expect(material).toBeInstanceOf(MeshStandardMaterial)
  expect((material as MeshBasicMaterial).vertexColors).toBe(true)
})

test('colours beyond 0 and 1 are clipped', async () => {
  const wild = colors.map((x) => 4 * x - 2)
  const { geometry } = await load(writeGlb({ positions, triangles, colors: wild }))
  const { array } = geometry.getAttribute('color')
  expect([Math.min(...array), Math.max(...array)]).toEqual([0, 1])
})

test('a texture without coordinates, and a stray index, are refused', () => {
  expect(() => writeGlb({ positions, triangles }, texture)).toThrow('mesh.uv')
  const stray = triangles.with(5, 1833)
  expect(() => writeGlb({ positions, triangles: stray })).toThrow('vertex indices below 1833')
})

test.each(['positions', 'colors', 'uv'] as const)('%s that are not finite are refused', (name) => {
  const whole = { positions, triangles, colors, uv }
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const broken = { ...whole, [name]: whole[name].with(5, wrong) }
    expect(() => writeGlb(broken)).toThrow(`Expected finite numbers for mesh.${name}`)
    expect(() => writeObj(broken)).toThrow(`Expected finite numbers for mesh.${name}`)
    expect(() => writePly(broken)).toThrow(`Expected finite numbers for mesh.${name}`)
  }
})
