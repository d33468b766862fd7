/** A part of a FlatBuffer; tables have a field for each entry, numbers are 32-bit and whole. */
export type FlatNode =
  | { readonly table: readonly (number | FlatNode | undefined)[] }
  | { readonly vector: readonly FlatNode[] }
  | { readonly floats: readonly number[] }
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
  /** Something at this place of the bytes that `writeFlat` appends. */
  | { readonly at: number }

// A multiple of the largest alignment that TensorFlow Lite asks for.
const alignment = 16

/**
 * Writes a FlatBuffer.
 *
 * @param identifier four characters behind the root's offset
 * @param appended bytes of another FlatBuffer, parts of which may be referred to
 */
export function writeFlat(
  root: FlatNode,
  identifier: string,
  appended: Uint8Array = new Uint8Array(),
): Uint8Array {
  const bytes: number[] = []
  const references: { readonly from: number; readonly to: FlatNode }[] = []
  const number32 = (value: number) => bytes.push(...new Uint8Array(Uint32Array.of(value).buffer))
  const refer = (to: FlatNode) => {
    references.push({ from: bytes.length, to })
    number32(0)
  }
  const align = (to: number, ahead: number) => {
    while ((bytes.length + ahead) % to !== 0) bytes.push(0)
  }
  const place = (node: FlatNode): number => {
    if ('table' in node) return placeTable(node.table)
    align('bytes' in node ? alignment : 4, 4)
    const start = bytes.length
    if ('vector' in node) {
      number32(node.vector.length)
      node.vector.forEach(refer)
    } else if ('floats' in node) {
      number32(node.floats.length)
      bytes.push(...new Uint8Array(Float32Array.from(node.floats).buffer))
    } else {
      const content = 'text' in node ? new TextEncoder().encode(node.text) : bytesOf(node)
      number32(content.length)
      bytes.push(...content, 0)
    }
    return start
  }
  const placeTable = (fields: readonly (number | FlatNode | undefined)[]): number => {
    align(4, 4 + 2 * fields.length)
    const own = fields.filter((field) => field !== undefined)
    const offsets = fields.map((field, i) => {
      const before = fields.slice(0, i).filter((other) => other !== undefined)
      return field === undefined ? 0 : 4 + 4 * before.length
    })
    const head = [4 + 2 * fields.length, 4 + 4 * own.length, ...offsets]
    bytes.push(...new Uint8Array(Uint16Array.from(head).buffer))
    const start = bytes.length
    number32(head[0]!)
    for (const field of own) typeof field === 'number' ? number32(field) : refer(field)
    return start
  }
  refer(root)
  bytes.push(...new TextEncoder().encode(identifier))
  const places = new Map<FlatNode, number>()
  for (const { to } of references) if (!('at' in to)) places.set(to, place(to))
  align(alignment, 0)
  const whole = new Uint8Array(bytes.length + appended.length)
  whole.set(bytes)
  whole.set(appended, bytes.length)
  const view = new DataView(whole.buffer)
  for (const { from, to } of references) {
    const target = 'at' in to ? bytes.length + to.at : places.get(to)!
    view.setUint32(from, target - from, true)
  }
  return whole
}

function bytesOf(node: FlatNode): Uint8Array {
  return 'bytes' in node ? node.bytes : new Uint8Array()
}
