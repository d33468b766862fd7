import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EvaluationError } from '../evaluation-error.ts'
import { readMat } from '../mat/read-mat.ts'
import { asBoxes, asCountedFaces, asName, nestedCells } from './wider-lists.ts'

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
 * @throws {EvaluationError} if a file is missing or damaged, or if the files do not fit each other.
 */
export async function readWiderGroundTruth(directory: string): Promise<WiderPicture[]> {
  const { names, boxes } = await readFrom(directory, 'wider_face_val.mat', (variables) => ({
    names: nestedCells(variables, 'file_list').map(asName),
    boxes: nestedCells(variables, 'face_bbx_list').map(asBoxes),
  }))
  const readCounted = (difficulty: WiderDifficulty) =>
    readFrom(directory, `wider_${difficulty}_val.mat`, (variables) =>
      nestedCells(variables, 'gt_list').map((value, i) => {
        return asCountedFaces(value, (boxes[i]?.length ?? 0) / 4)
      }),
    )
  const [easy, medium, hard] = [
    await readCounted('easy'),
    await readCounted('medium'),
    await readCounted('hard'),
  ]
  if (![boxes, easy, medium, hard].every((list) => list.length === names.length)) {
    throw new EvaluationError(
      `The WIDER FACE files in ${directory} do not belong together: their lists differ in length.`,
    )
  }
  return names.map((name, i) => ({
    name,
    boxes: boxes[i]!,
    counted: { easy: easy[i]!, medium: medium[i]!, hard: hard[i]! },
  }))
}

async function readFrom<Value>(
  directory: string,
  file: string,
  read: (variables: ReturnType<typeof readMat>) => Value,
): Promise<Value> {
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
  try {
    return read(readMat(bytes))
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    throw new EvaluationError(`${path}: ${error.message}`, error)
  }
}
