import { bytesOfView, type Glb, type GltfAccessor, isCount } from './glb-document.ts'

/** How components are stored: bytes, how they are read, and what 1 is where they are normalised. */
const COMPONENTS: Readonly<
  Record<number, { bytes: number; read: (view: DataView, at: number) => number; one: number }>
> = {
  5120: { bytes: 1, read: (view, at) => view.getInt8(at), one: 127 },
  5121: { bytes: 1, read: (view, at) => view.getUint8(at), one: 255 },
  5122: { bytes: 2, read: (view, at) => view.getInt16(at, true), one: 32767 },
  5123: { bytes: 2, read: (view, at) => view.getUint16(at, true), one: 65535 },
  5125: { bytes: 4, read: (view, at) => view.getUint32(at, true), one: 4294967295 },
  5126: { bytes: 4, read: (view, at) => view.getFloat32(at, true), one: 1 },
}

const WIDTHS: Readonly<Record<string, number>> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4 }

/** Many more than any face; bounds what a small file can make of itself. */
const MOST_ELEMENTS = 3_000_000

/** Numbers of an accessor, in rows. */
export interface AccessorRows {
  /** [count, width] */
  readonly values: Float64Array
  readonly count: number
  readonly width: number
}

/** @throws {Error} saying what of the accessor is wrong. */
export function readAccessor(glb: Glb, index: number): AccessorRows {
  const accessor = glb.document.accessors?.[index]
  if (!accessor) throw new Error('an accessor is missing')
  if (accessor.sparse) throw new Error('it has sparse accessors, which are not read')
  const { component, count, width } = layoutOf(accessor)
  const bytes = bytesOfView(glb, accessor.bufferView)
  const { byteStride } = glb.document.bufferViews![accessor.bufferView!]!
  const row = component.bytes * width
  const stride = byteStride ?? row
  const offset = accessor.byteOffset ?? 0
  // Rows that lie over one another would make millions of a few bytes.
  if (!isCount(stride) || stride < row) throw new Error(`an accessor has a stride of ${stride}`)
  if (!isCount(offset) || offset + (count - 1) * stride + row > bytes.length) {
    throw new Error('an accessor is outside its buffer view')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const scale = accessor.normalized ? 1 / component.one : 1
  const values = new Float64Array(count * width)
  for (let i = 0; i < values.length; i++) {
    const at = offset + Math.floor(i / width) * stride + (i % width) * component.bytes
    values[i] = component.read(view, at) * scale
  }
  return { values, count, width }
}

function layoutOf({ componentType, count, type }: GltfAccessor) {
  const component = COMPONENTS[componentType ?? -1]
  const width = Object.hasOwn(WIDTHS, type ?? '') ? WIDTHS[type!] : undefined
  if (!component || !width) throw new Error('an accessor is of an unknown type')
  if (!isCount(count) || count === 0 || count > MOST_ELEMENTS) {
    throw new Error(`an accessor has ${count} elements`)
  }
  return { component, count, width }
}
