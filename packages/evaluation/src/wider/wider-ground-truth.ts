import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EvaluationError } from '../evaluation-error.ts'
import { type MatValue, readMat } from '../mat/read-mat.ts'

/** The three subsets of WIDER FACE; each contains the one before it. */
export type WiderDifficulty = 'easy' | 'medium' | 'hard'

/** The difficulties in the order in which results are listed. */
export const WIDER_DIFFICULTIES: readonly WiderDifficulty[] = ['easy', 'medium', 'hard']

/** One annotated picture. */
export interface WiderPicture {
  /** File name without its ending. */
  readonly name: string
  /** x, y, width, height of every annotated face, flat, in pixels. */
  readonly boxes: Float64Array
  /** For each difficulty the indices of the boxes that count; the others are ignored. */
  readonly counted: Readonly<Record<WiderDifficulty, readonly number[]>>
}

/**
 * Reads the official ground truth: `wider_face_val.mat` (pictures and boxes) and
 * `wider_{easy,medium,hard}_val.mat` (which boxes count).
 *
 * @throws {EvaluationError} if a file is missing or damaged.
 */
export async function readWiderGroundTruth(directory: string): Promise<WiderPicture[]> {
  const main = await readVariables(directory, 'wider_face_val.mat')
  const names = nestedCells(main, 'file_list').map(asText)
  const boxes = nestedCells(main, 'face_bbx_list').map(asBoxes)
  const counted = {} as Record<WiderDifficulty, number[][]>
  for (const difficulty of WIDER_DIFFICULTIES) {
    const variables = await readVariables(directory, `wider_${difficulty}_val.mat`)
    counted[difficulty] = nestedCells(variables, 'gt_list').map(asIndices)
  }
  const { easy, medium, hard } = counted
  if (![boxes, easy, medium, hard].every((list) => list.length === names.length)) {
    throw new EvaluationError(
      'The WIDER FACE files do not belong together: their lists differ in length.',
    )
  }
  return names.map((name, i) => ({
    name,
    boxes: boxes[i]!,
    counted: { easy: easy[i]!, medium: medium[i]!, hard: hard[i]! },
  }))
}

async function readVariables(directory: string, file: string): Promise<Map<string, MatValue>> {
  const path = join(directory, file)
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    throw new EvaluationError(
      `Could not read ${path}. Expected the folder with WIDER FACE's four validation files (eval_tools/ground_truth).`,
      error,
    )
  }
  return readMat(bytes)
}

/** The pictures' values of a list that is grouped by event. */
function nestedCells(variables: Map<string, MatValue>, name: string): MatValue[] {
  const list = variables.get(name)
  if (list?.kind !== 'cells') {
    throw new EvaluationError(`The WIDER FACE ground truth has no list "${name}".`)
  }
  return list.cells.flatMap((event) => (event.kind === 'cells' ? event.cells : [event]))
}

function asText(value: MatValue): string {
  if (value.kind === 'text') return value.text
  throw new EvaluationError(
    'The WIDER FACE ground truth names a picture by something that is no text.',
  )
}

function asBoxes(value: MatValue): Float64Array {
  if (value.kind !== 'numbers')
    throw new EvaluationError('A list of WIDER FACE boxes is no matrix.')
  const count = value.values.length / 4
  const boxes = new Float64Array(count * 4)
  // MATLAB stores columns one after the other: all x, then all y, widths and heights.
  for (let i = 0; i < boxes.length; i++) boxes[i] = value.values[(i % 4) * count + (i >> 2)]!
  return boxes
}

function asIndices(value: MatValue): number[] {
  return value.kind === 'numbers' ? Array.from(value.values, (index) => index - 1) : []
}
