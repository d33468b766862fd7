import { type MorphTarget, writeGlb, writeObj, writePly } from '@retinaface/mesh-decoder'
import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import type { ShownFace } from '../face/shown-face.ts'

/** File formats that a face can be saved in. */
export type ExportFormat = 'glb' | 'obj' | 'ply'

/** A file to be saved. */
export interface ExportedFile {
  /** As in `face-1.glb`. */
  readonly name: string
  readonly blob: Blob
}

/** Writes a face in the canonical frame, with its vertex colours, a GLB with the targets that there are. */
export function exportFace(
  face: ShownFace,
  format: ExportFormat,
  targets: readonly MorphTarget[] | undefined,
): ExportedFile[] {
  const name = `face-${face.index + 1}`
  const { positions, colors, triangles, uv, weights } = face
  const mesh = { positions, colors, triangles, ...(uv && { uv }) }
  if (format === 'glb') {
    const glb = writeGlb(mesh, undefined, targets && { targets, weights })
    return [file(`${name}.glb`, glb, 'model/gltf-binary')]
  }
  if (format === 'ply') return [file(`${name}.ply`, writePly(mesh), 'application/octet-stream')]
  if (format !== 'obj') throw new InvalidArgumentError('format', 'glb, obj or ply', format)
  const { obj, mtl } = writeObj(mesh, { name })
  return [file(`${name}.obj`, obj, 'model/obj'), file(`${name}.mtl`, mtl, 'model/mtl')]
}

function file(name: string, content: Uint8Array | string, type: string): ExportedFile {
  return { name, blob: new Blob([content as BlobPart], { type }) }
}
