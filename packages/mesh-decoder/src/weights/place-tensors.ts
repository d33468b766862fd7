import { WeightFileError } from '../errors/mesh-errors.ts'
import { ELEMENT_BYTES, type TensorType } from './tensor-file.ts'

/** Where a tensor's bytes lie in the data section. */
export interface PlacedTensor {
  readonly name: string
  readonly type: TensorType
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/** Check every entry of a header, and that together they cover the data section exactly once. */
export function placeTensors(
  header: ReadonlyMap<string, unknown>,
  dataLength: number,
): readonly PlacedTensor[] {
  const placed = [...header].map(([name, entry]) => placeTensor(name, entry))
  placed.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let covered = 0
  for (const { name, begin, end } of placed) {
    if (begin !== covered) {
      throw new WeightFileError(
        `Expected tensor ${name} to begin at byte ${covered} of the data but it begins at ${begin}: the file is damaged.`,
      )
    }
    covered = end
  }
  if (covered !== dataLength) {
    throw new WeightFileError(
      `Expected ${covered} bytes of data but found ${dataLength}: the file is damaged.`,
    )
  }
  return placed
}

function placeTensor(name: string, entry: unknown): PlacedTensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>
  if (dtype !== 'F32' && dtype !== 'F16' && dtype !== 'I32') {
    throw new WeightFileError(
      `Expected type F32, F16 or I32 for tensor ${name} but found ${JSON.stringify(dtype)}.`,
    )
  }
  if (!isSizes(shape)) {
    throw new WeightFileError(`Expected a list of sizes as the shape of tensor ${name}.`)
  }
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw new WeightFileError(`Expected two offsets for tensor ${name}: the file is damaged.`)
  }
  const [begin, end] = offsets as [number, number]
  const size = shape.reduce((product, length) => product * length, ELEMENT_BYTES[dtype])
  if (end - begin !== size) {
    throw new WeightFileError(
      `Expected ${size} bytes for tensor ${name} of shape [${shape}] but its offsets give ${end - begin}: the file is damaged.`,
    )
  }
  return { name, type: dtype, shape, begin, end }
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)
}
