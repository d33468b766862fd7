import { writeGlb } from '@retinaface/mesh-decoder'
import { Triangle, Vector3 } from 'three'
import { expect, test } from 'vitest'
import { readGlb } from '../../app/src/files/read-glb.ts'

const file = { name: 'face.glb' }
const mesh = {
  positions: Float32Array.of(0, 0, 0, 10, 0, 0, 0, 10, 0, 0, 0, 10),
  colors: Float32Array.of(0, 0, 0, 1, 1, 1, 0.5, 0.25, 0.75, 1, 0, 0),
  triangles: Int32Array.of(0, 1, 2, 0, 2, 3),
}

/** A GLB of a document, with the buffer of a good one, and as many zeros after it. */
function glbOf(change: (document: Record<string, unknown>) => void, zeros = 0): Uint8Array {
  const good = writeGlb(mesh)
  const view = new DataView(good.buffer, good.byteOffset)
  const length = view.getUint32(12, true)
  const document = JSON.parse(new TextDecoder().decode(good.subarray(20, 20 + length)))
  change(document)
  const text = new TextEncoder().encode(JSON.stringify(document))
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(32)
  padded.set(text)
  const binary = good.subarray(20 + length)
  const bytes = new Uint8Array(20 + padded.length + binary.length + zeros)
  bytes.set(good.subarray(0, 20))
  new DataView(bytes.buffer).setUint32(12, padded.length, true)
  bytes.set(padded, 20)
  bytes.set(binary, 20 + padded.length)
  new DataView(bytes.buffer).setUint32(20 + padded.length, binary.length - 8 + zeros, true)
  return bytes
}

test('a written mesh is read back in centimetres and sRGB', async () => {
  const read = await readGlb(writeGlb(mesh), file)
  expect([...read.triangles]).toEqual([...mesh.triangles])
  read.canonical.forEach((value, i) => {
    expect(value).toBeCloseTo(mesh.positions[i]!, 4)
  })
  read.colors.forEach((value, i) => {
    expect(Math.abs(value - mesh.colors[i]!)).toBeLessThan(0.005)
  })
})

test('nodes move, turn and scale what is below them', async () => {
  const bytes = glbOf((document) => {
    document.nodes = [
      { children: [1], translation: [1, 0, 0] },
      { mesh: 0, scale: [2, 2, 2] },
    ]
    document.scenes = [{ nodes: [0] }]
  })
  const { canonical } = await readGlb(bytes, file)
  // A metre to the right, and twice as large.
  expect([...canonical.subarray(3, 6)].map(Math.round)).toEqual([120, 0, 0])
})

test('a node that mirrors keeps the outside outside', async () => {
  const bytes = glbOf((document) => {
    document.nodes = [{ mesh: 0, scale: [-1, 1, 1] }]
  })
  const { canonical, triangles } = await readGlb(bytes, file)
  expect(canonical[3]).toBeCloseTo(-10, 4)
  const [a, b, c] = [...triangles.subarray(0, 3)].map((vertex) =>
    new Vector3().fromArray(canonical, vertex * 3),
  )
  // The first triangle of the mesh looks along z, and mirroring x leaves it so.
  expect(new Triangle(a, b, c).getNormal(new Vector3()).z).toBeCloseTo(1)
})

test('a position that is no finite number is refused', async () => {
  const bytes = writeGlb(mesh)
  const positions = 28 + new DataView(bytes.buffer).getUint32(12, true)
  new DataView(bytes.buffer).setFloat32(positions, Number.NaN, true)
  await expect(readGlb(bytes, file)).rejects.toThrow(/a position is no finite number/)
})

test('indices that are named again and again do not fill the memory', async () => {
  const count = 3_000_000
  const bytes = glbOf((document) => {
    const views = document.bufferViews as object[]
    const accessors = document.accessors as object[]
    const { byteLength } = (document.buffers as { byteLength: number }[])[0]!
    views.push({ buffer: 0, byteOffset: byteLength, byteLength: count })
    accessors.push({ bufferView: views.length - 1, componentType: 5121, count, type: 'SCALAR' })
    const [primitive] = (document.meshes as { primitives: { indices: number }[] }[])[0]!.primitives
    primitive!.indices = accessors.length - 1
    document.nodes = Array(7).fill({ mesh: 0 })
    document.scenes = [{ nodes: [0, 1, 2, 3, 4, 5, 6] }]
  }, count)
  // What was read would be too much to print.
  const said = await readGlb(bytes, file).then(() => 'nothing', String)
  expect(said).toMatch(/more than 6000000 triangles/)
})

test('every cut of a file is an error that says what it should be', async () => {
  const whole = writeGlb(mesh)
  for (let length = 4; length < whole.length; length += 7) {
    await expect(readGlb(whole.subarray(0, length), file)).rejects.toThrow(
      /“face\.glb” could not be read\. It should be a GLB with a mesh inside, but/,
    )
  }
})

/** The largest array that Array.prototype.push made while something ran. */
async function longestQueue(run: () => Promise<unknown>): Promise<number> {
  const { push } = Array.prototype
  let longest = 0
  Array.prototype.push = function (...values: unknown[]) {
    const length = push.apply(this, values)
    if (length > longest) longest = length
    return length
  }
  await run().finally(() => {
    Array.prototype.push = push
  })
  return longest
}

test('a node with thousands of equal children does not queue them for each of them', async () => {
  const bytes = glbOf((document) => {
    // Two levels of 3,000: nine million entries, if all were queued.
    document.nodes = [{ children: Array(3000).fill(1) }, { children: Array(3000).fill(0) }]
    document.scenes = [{ nodes: [0] }]
  })
  expect(bytes.length).toBeLessThan(20_000)
  const longest = await longestQueue(() =>
    expect(readGlb(bytes, file)).rejects.toThrow(/more than 10000 nodes/),
  )
  expect(longest).toBeLessThanOrEqual(10_000)
})

test('a mesh of many primitives that many nodes name is refused', async () => {
  const bytes = glbOf((document) => {
    const [mesh] = document.meshes as { primitives: object[] }[]
    mesh!.primitives = Array(1400).fill({ mode: 1 })
    document.nodes = [{ children: Array(1500).fill(1) }, { mesh: 0 }]
  })
  expect(bytes.length).toBeLessThan(20_000)
  await expect(readGlb(bytes, file)).rejects.toThrow(/more than 10000 primitives/)
})

/** A small file that takes the longest of all that are read. */
function slow(): Uint8Array {
  return glbOf((document) => {
    document.nodes = [{ children: Array(9000).fill(1) }, { mesh: 0 }]
  })
}

test('other work goes on while a file is read', async () => {
  let turns = 0
  const timer = setInterval(() => turns++)
  await readGlb(slow(), file)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(0)
})

test('reading ends when it is cancelled', async () => {
  const stop = new AbortController()
  setTimeout(() => stop.abort())
  await expect(readGlb(slow(), file, stop.signal)).rejects.toThrow(/aborted/)
})

type Accessors = { count: number; bufferView: number; byteOffset?: number }[]

test.each<[what: string, change: (document: Record<string, unknown>) => void, said: RegExp]>([
  [
    'nodes in a circle',
    (d) => {
      d.nodes = [{ children: [0] }]
      d.scenes = [{ nodes: [0] }]
    },
    /more than 10000 nodes/,
  ],
  [
    'a missing node',
    (d) => {
      d.scenes = [{ nodes: [77] }]
    },
    /a node is missing/,
  ],
  [
    'a count beyond all memory',
    (d) => {
      ;(d.accessors as Accessors)[0]!.count = 2 ** 40
    },
    /an accessor has 1099511627776 elements/,
  ],
  [
    'an accessor beyond its view',
    (d) => {
      ;(d.accessors as Accessors)[0]!.byteOffset = 1e6
    },
    /outside its buffer view/,
  ],
  ...[0, 4, -12, 12.5].map(
    (byteStride): [string, (document: Record<string, unknown>) => void, RegExp] => [
      `a stride of ${byteStride}`,
      (d) => {
        ;(d.bufferViews as { byteStride: number }[])[0]!.byteStride = byteStride
      },
      /an accessor has a stride of/,
    ],
  ),
  [
    'a buffer view beyond the file',
    (d) => {
      ;(d.bufferViews as { byteLength: number }[])[0]!.byteLength = 1e9
    },
    /outside the file/,
  ],
  [
    'a buffer elsewhere',
    (d) => {
      ;(d.bufferViews as { buffer: number }[])[0]!.buffer = 1
    },
    /needs other files/,
  ],
  [
    'compression',
    (d) => {
      d.extensionsRequired = ['KHR_draco_mesh_compression']
    },
    /compressed \(KHR_draco/,
  ],
  [
    'no triangles',
    (d) => {
      ;(d.meshes as { primitives: { mode: number }[] }[])[0]!.primitives[0]!.mode = 1
    },
    /has no mesh/,
  ],
])('%s is refused', async (_, change, said) => {
  await expect(readGlb(glbOf(change), file)).rejects.toThrow(said)
})
