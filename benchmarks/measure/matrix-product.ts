import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

const FLOAT = 1

/** An ONNX network of one node: the product c of two float32 matrices a and b of any size. */
export function matrixProduct(): Uint8Array {
  const node = new BinaryWriter()
  for (const name of ['a', 'b']) text(node, 1, name)
  text(node, 2, 'c')
  text(node, 4, 'MatMul')
  const graph = new BinaryWriter()
  part(graph, 1, node)
  text(graph, 2, 'product')
  part(graph, 11, matrix('a', 'rows', 'inner'))
  part(graph, 11, matrix('b', 'inner', 'columns'))
  part(graph, 12, matrix('c', 'rows', 'columns'))
  const model = new BinaryWriter()
  model.tag(1, WireType.Varint).int64(8)
  part(model, 7, graph)
  part(model, 8, new BinaryWriter().tag(2, WireType.Varint).int64(13))
  return model.finish()
}

function matrix(name: string, ...sides: readonly string[]): BinaryWriter {
  const shape = new BinaryWriter()
  for (const side of sides) part(shape, 1, text(new BinaryWriter(), 2, side))
  const tensor = new BinaryWriter().tag(1, WireType.Varint).int32(FLOAT)
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
