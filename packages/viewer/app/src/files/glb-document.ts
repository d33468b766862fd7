/** The parts of glTF 2.0 that are read. Files may lie: every index and number is checked when used. */
export interface GltfDocument {
  readonly scene?: number
  readonly scenes?: readonly { readonly nodes?: readonly number[] }[]
  readonly nodes?: readonly GltfNode[]
  readonly meshes?: readonly { readonly primitives?: readonly GltfPrimitive[] }[]
  readonly accessors?: readonly GltfAccessor[]
  readonly bufferViews?: readonly GltfBufferView[]
  readonly materials?: readonly GltfMaterial[]
  readonly textures?: readonly { readonly source?: number }[]
  readonly images?: readonly { readonly bufferView?: number; readonly mimeType?: string }[]
  readonly extensionsRequired?: readonly string[]
}

export interface GltfNode {
  readonly mesh?: number
  readonly children?: readonly number[]
  readonly matrix?: readonly number[]
  readonly translation?: readonly number[]
  readonly rotation?: readonly number[]
  readonly scale?: readonly number[]
}

export interface GltfPrimitive {
  readonly mode?: number
  readonly attributes?: Readonly<Record<string, number>>
  readonly indices?: number
  readonly material?: number
}

export interface GltfAccessor {
  readonly bufferView?: number
  readonly byteOffset?: number
  readonly componentType?: number
  readonly count?: number
  readonly type?: string
  readonly normalized?: boolean
  readonly sparse?: object
}

interface GltfBufferView {
  readonly buffer?: number
  readonly byteOffset?: number
  readonly byteLength?: number
  readonly byteStride?: number
}

interface GltfMaterial {
  readonly pbrMetallicRoughness?: {
    readonly baseColorFactor?: readonly number[]
    readonly baseColorTexture?: { readonly index?: number }
  }
}

/** A GLB file: its document and the buffer inside it. */
export interface Glb {
  readonly document: GltfDocument
  readonly binary: Uint8Array
}

const VERSION = 2
const JSON_CHUNK = 0x4e4f534a
const BINARY_CHUNK = 0x004e4942

/** @throws {Error} saying what of the container is wrong. */
export function openGlb(bytes: Uint8Array): Glb {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 20) throw new Error('it is cut short')
  const version = view.getUint32(4, true)
  if (version !== VERSION) throw new Error(`it is glTF ${version}, not 2`)
  let text: string | undefined
  let binary: Uint8Array = new Uint8Array()
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at, true)
    const kind = view.getUint32(at + 4, true)
    if (at + 8 + length > bytes.length) throw new Error('it is cut short')
    const chunk = bytes.subarray(at + 8, at + 8 + length)
    if (kind === JSON_CHUNK) text ??= new TextDecoder().decode(chunk)
    else if (kind === BINARY_CHUNK && binary.length === 0) binary = chunk
    at += 8 + Math.ceil(length / 4) * 4
  }
  const document: unknown = JSON.parse(text ?? 'null')
  if (typeof document !== 'object' || document === null) throw new Error('it has no document')
  return { document, binary }
}

/** The bytes of a buffer view; nothing outside the file can be named. */
export function bytesOfView({ document, binary }: Glb, index: number | undefined): Uint8Array {
  const view = document.bufferViews?.[index ?? -1]
  if (!view) throw new Error('a buffer view is missing')
  if (view.buffer !== 0) throw new Error('it needs other files beside it')
  const { byteOffset = 0, byteLength = 0 } = view
  if (!isCount(byteOffset) || !isCount(byteLength) || byteOffset + byteLength > binary.length) {
    throw new Error('a buffer view is outside the file')
  }
  return binary.subarray(byteOffset, byteOffset + byteLength)
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
