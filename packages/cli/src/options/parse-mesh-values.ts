import { MESH_FORMATS, type MeshFormat } from '@retinaface/node/results'
import { InvalidArgumentError } from 'commander'
import { parsePositiveInteger } from './parse-values.ts'

/** Which faces of a picture: the best, all, or the one with a number, counted from 1. */
export type FaceChoice = 'best' | 'all' | number

export function parseFaceChoice(value: string): FaceChoice {
  if (value === 'best' || value === 'all') return value
  try {
    return parsePositiveInteger(value)
  } catch {
    throw new InvalidArgumentError('Expected best, all or the number of a face, from 1.')
  }
}

/** `glb,obj,ply` or some of these. */
export function parseMeshFormats(value: string): ReadonlySet<MeshFormat> {
  const formats = MESH_FORMATS.filter((format) => value.split(',').includes(format))
  if (formats.length === value.split(',').length) return new Set(formats)
  throw new InvalidArgumentError(`Expected some of ${MESH_FORMATS.join(',')}.`)
}
