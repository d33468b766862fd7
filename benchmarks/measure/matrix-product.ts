import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

// Numbers of element types in onnx.proto.
const FLOAT = 1
const UINT8 = 2
const INT8 = 3
const INT32 = 6

/** How a product is calculated. */
export type ProductPrecision = 'float32' | 'int8'

const kinds = {
  float32: { operator: 'MatMul', a: FLOAT, b: FLOAT, c: FLOAT },
  // Unsigned times signed bytes are what the processors' own instructions multiply.
  int8: { operator: 'MatMulInteger', a: UINT8, b: INT8, c: INT32 },
}

/** An ONNX network of one node: the product c of two matrices a and b of any size. */
export function matrixProduct(precision: ProductPrecision): Uint8Array {
  const kind = kinds[precision]
  const node = new BinaryWriter()
  for (const name of ['a', 'b']) text(node, 1, name)
  text(node, 2, 'c')
  text(node, 4, kind.operator)
  const graph = new BinaryWriter()
  part(graph, 1, node)
  text(graph, 2, 'product')
  part(graph, 11, matrix('a', kind.a, 'rows', 'inner'))
  part(graph, 11, matrix('b', kind.b, 'inner', 'columns'))
  part(graph, 12, matrix('c', kind.c, 'rows', 'columns'))
  const model = new BinaryWriter()
  model.tag(1, WireType.Varint).int64(8)
  part(model, 7, graph)
  part(model, 8, new BinaryWriter().tag(2, WireType.Varint).int64(13))
  return model.finish()
}

function matrix(name: string, kind: number, ...sides: readonly string[]): BinaryWriter {
  const shape = new BinaryWriter()
  for (const side of sides) part(shape, 1, text(new BinaryWriter(), 2, side))
  const tensor = new BinaryWriter().tag(1, WireType.Varint).int32(kind)
  part(tensor, 2, shape)
  const value = text(new BinaryWriter(), 1, name)
  return part(value, 2, part(new BinaryWriter(), 1, tensor))
}

function text(writer: BinaryWriter, field: number, value: string): BinaryWriter {
  return writer.tag(field, WireType.LengthDelimited).string(value)
}

function part(writer: BinaryWriter, field: number, message: BinaryWriter): BinaryWriter {
  return writer.tag(field, WireType.LengthDelimited).bytes(message.finish())
}
