const bones = [
  ...['hips', 'spine', 'head'],
  ...['left', 'right'].flatMap((side) => {
    const parts = ['UpperLeg', 'LowerLeg', 'Foot', 'UpperArm', 'LowerArm', 'Hand']
    return parts.map((part) => side + part)
  }),
]
const heights: Readonly<Record<string, number>> = { hips: 0.9, spine: 0.2, head: 0.4 }

/** A VRM 1.0 avatar that is a square for a head, 20 cm wide; its preset `aa` has it reach 20 cm further down. */
export function makeVrm(): Buffer {
  const square = [-0.1, -0.1, 0.1, 0.1, -0.1, 0.1, 0.1, 0.1, 0.1, -0.1, 0.1, 0.1]
  const open = [0, -0.2, 0, 0, -0.2, 0, 0, 0, 0, 0, 0, 0]
  const numbers = Buffer.from(Float32Array.from([...square, ...open]).buffer)
  const indices = Buffer.from(Uint32Array.of(0, 1, 2, 0, 2, 3).buffer)
  const bounds = (values: readonly number[]) => {
    const of = (choose: (...values: number[]) => number) =>
      [0, 1, 2].map((axis) => choose(...values.filter((_, i) => i % 3 === axis)))
    return { min: of(Math.min), max: of(Math.max) }
  }
  const points = { componentType: 5126, count: 4, type: 'VEC3' }
  const head = bones.indexOf('head')
  const limbs = bones.flatMap((name, i) => (name === 'hips' || name === 'head' ? [] : [i]))
  const children: Readonly<Record<string, readonly number[]>> = {
    hips: limbs,
    spine: [head],
    head: [bones.length],
  }
  const nodes = bones.map((name) => ({
    name,
    translation: [0, heights[name] ?? 0.1, 0],
    ...(children[name] && { children: children[name] }),
  }))
  return glb(
    {
      asset: { version: '2.0' },
      extensionsUsed: ['VRMC_vrm'],
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: [...nodes, { name: 'face', mesh: 0 }],
      meshes: [
        { primitives: [{ attributes: { POSITION: 0 }, targets: [{ POSITION: 1 }], indices: 2 }] },
      ],
      accessors: [
        { bufferView: 0, ...points, ...bounds(square) },
        { bufferView: 1, ...points, ...bounds(open) },
        { bufferView: 2, componentType: 5125, count: 6, type: 'SCALAR' },
      ],
      bufferViews: [
        { buffer: 0, byteLength: 48 },
        { buffer: 0, byteOffset: 48, byteLength: 48 },
        { buffer: 0, byteOffset: 96, byteLength: 24 },
      ],
      buffers: [{ byteLength: 120 }],
      extensions: {
        VRMC_vrm: {
          specVersion: '1.0',
          meta: { name: 'Square', authors: ['Test'], licenseUrl: 'https://vrm.dev/licenses/1.0/' },
          humanoid: { humanBones: Object.fromEntries(bones.map((name, node) => [name, { node }])) },
          expressions: {
            preset: { aa: { morphTargetBinds: [{ node: bones.length, index: 0, weight: 1 }] } },
          },
        },
      },
    },
    Buffer.concat([numbers, indices]),
  )
}

function glb(json: object, binary: Buffer): Buffer {
  const text = JSON.stringify(json)
  const chunk = Buffer.from(text.padEnd(4 * Math.ceil(text.length / 4)))
  const words = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer)
  return Buffer.concat([
    words(0x46546c67, 2, 28 + chunk.length + binary.length),
    words(chunk.length, 0x4e4f534a),
    chunk,
    words(binary.length, 0x004e4942),
    binary,
  ])
}
