const bones = [
  ...['hips', 'spine', 'head'],
  ...['left', 'right'].flatMap((side) => {
    const parts = ['UpperLeg', 'LowerLeg', 'Foot', 'UpperArm', 'LowerArm', 'Hand']
    return parts.map((part) => side + part)
  }),
]
const heights: Readonly<Record<string, number>> = { hips: 0.9, spine: 0.2, head: 0.4 }

/** What an avatar's file is like. */
export interface VrmKind {
  readonly version: 0 | 1
  /** As the file names the expression that opens the mouth: `'aa'` is a preset, `'JawOpen'` perfect sync. */
  readonly opens: 'aa' | 'JawOpen'
}

/** A VRM avatar that is a square for a head, 20 cm wide; its one expression has it reach 20 cm further down. */
export function makeVrm({ version, opens }: VrmKind): Buffer {
  const square = [-0.1, -0.1, 0.1, 0.1, -0.1, 0.1, 0.1, 0.1, 0.1, -0.1, 0.1, 0.1]
  const open = [0, -0.2, 0, 0, -0.2, 0, 0, 0, 0, 0, 0, 0]
  // Avatars of version 0 look along −z.
  const forwards = square.map((value, i) => (version === 0 && i % 3 !== 1 ? -value : value))
  const numbers = Buffer.from(Float32Array.from([...forwards, ...open]).buffer)
  const indices = Buffer.from(Uint32Array.of(0, 1, 2, 0, 2, 3).buffer)
  const bounds = (values: readonly number[]) => {
    const of = (choose: (...values: number[]) => number) =>
      [0, 1, 2].map((axis) => choose(...values.filter((_, i) => i % 3 === axis)))
    return { min: of(Math.min), max: of(Math.max) }
  }
  const points = { componentType: 5126, count: 4, type: 'VEC3' }
  const extensions = version === 0 ? { VRM: version0(opens) } : { VRMC_vrm: version1(opens) }
  return glb(
    {
      asset: { version: '2.0' },
      extensionsUsed: Object.keys(extensions),
      scene: 0,
      scenes: [{ nodes: [0] }],
      nodes: skeleton(),
      meshes: [
        { primitives: [{ attributes: { POSITION: 0 }, targets: [{ POSITION: 1 }], indices: 2 }] },
      ],
      accessors: [
        { bufferView: 0, ...points, ...bounds(forwards) },
        { bufferView: 1, ...points, ...bounds(open) },
        { bufferView: 2, componentType: 5125, count: 6, type: 'SCALAR' },
      ],
      bufferViews: [
        { buffer: 0, byteLength: 48 },
        { buffer: 0, byteOffset: 48, byteLength: 48 },
        { buffer: 0, byteOffset: 96, byteLength: 24 },
      ],
      buffers: [{ byteLength: 120 }],
      extensions,
    },
    Buffer.concat([numbers, indices]),
  )
}

/** A node for each bone, and one with the mesh on the head. */
function skeleton(): object[] {
  const limbs = bones.flatMap((name, i) => (name === 'hips' || name === 'head' ? [] : [i]))
  const children: Readonly<Record<string, readonly number[]>> = {
    hips: limbs,
    spine: [bones.indexOf('head')],
    head: [bones.length],
  }
  const nodes = bones.map((name) => ({
    name,
    translation: [0, heights[name] ?? 0.1, 0],
    ...(children[name] && { children: children[name] }),
  }))
  return [...nodes, { name: 'face', mesh: 0 }]
}

function version0(opens: VrmKind['opens']): object {
  const group =
    opens === 'aa' ? { name: 'A', presetName: 'a' } : { name: opens, presetName: 'unknown' }
  return {
    specVersion: '0.0',
    meta: { title: 'Square', author: 'Test' },
    humanoid: { humanBones: bones.map((bone, node) => ({ bone, node })) },
    blendShapeMaster: {
      blendShapeGroups: [{ ...group, binds: [{ mesh: 0, index: 0, weight: 100 }] }],
    },
  }
}

function version1(opens: VrmKind['opens']): object {
  const expression = { morphTargetBinds: [{ node: bones.length, index: 0, weight: 1 }] }
  return {
    specVersion: '1.0',
    meta: { name: 'Square', authors: ['Test'], licenseUrl: 'https://vrm.dev/licenses/1.0/' },
    humanoid: { humanBones: Object.fromEntries(bones.map((name, node) => [name, { node }])) },
    expressions: { [opens === 'aa' ? 'preset' : 'custom']: { [opens]: expression } },
  }
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
