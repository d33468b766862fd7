import { readFile } from 'node:fs/promises'
import { peerPath } from '../peers/peer-path.ts'
import { type FlatNode, writeFlat } from './flat-writer.ts'

// Fields of TensorFlow Lite's `Model` (schema.fbs).
const MODEL = { version: 0, operators: 1, subgraphs: 2, description: 3, buffers: 4 }

/**
 * MediaPipe's short-range face detector from the npm package `@mediapipe/face_detection`, with what
 * `@mediapipe/tasks-vision` wants to be told: that it takes samples from −1 to 1. Nothing else is
 * touched. The file that its own pages download is the same network.
 */
export async function readBlazeFace(): Promise<Uint8Array> {
  const name = '@mediapipe/face_detection/face_detection_short_range.tflite'
  return withMetadata(await readFile(peerPath(name)))
}

function withMetadata(model: Uint8Array): Uint8Array {
  const view = new DataView(model.buffer, model.byteOffset, model.byteLength)
  const root = view.getUint32(0, true)
  const part = (field: number): FlatNode => ({ at: target(view, fieldAt(view, root, field)) })
  const buffers = target(view, fieldAt(view, root, MODEL.buffers))
  const known = Array.from({ length: view.getUint32(buffers, true) }, (_, i): FlatNode => {
    return { at: target(view, buffers + 4 + 4 * i) }
  })
  const metadata = { table: [{ text: 'TFLITE_METADATA' }, known.length] }
  const version = view.getUint32(fieldAt(view, root, MODEL.version), true)
  return writeFlat(
    {
      table: [
        version,
        part(MODEL.operators),
        part(MODEL.subgraphs),
        part(MODEL.description),
        { vector: [...known, { table: [{ bytes: normalization() }] }] },
        undefined,
        { vector: [metadata] },
      ],
    },
    'TFL3',
    model,
  )
}

/** `ModelMetadata` of metadata_schema.fbs: one input, `(sample − 127.5) / 127.5`. */
function normalization(): Uint8Array {
  const options = { table: [{ floats: [127.5] }, { floats: [127.5] }] }
  const isNormalization = 1
  const unit = { table: [isNormalization, options] }
  const tensor = { table: [undefined, undefined, undefined, undefined, { vector: [unit] }] }
  const subgraph = { table: [undefined, undefined, { vector: [tensor] }] }
  return writeFlat({ table: [undefined, undefined, undefined, { vector: [subgraph] }] }, 'M001')
}

function fieldAt(view: DataView, table: number, field: number): number {
  const head = table - view.getInt32(table, true)
  return table + view.getUint16(head + 4 + 2 * field, true)
}

function target(view: DataView, reference: number): number {
  return reference + view.getUint32(reference, true)
}
