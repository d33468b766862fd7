import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { EvaluationError, readWiderGroundTruth } from '../../src/index.ts'
import { fixtures, golden } from '../support/wider-golden.ts'

describe('readWiderGroundTruth', () => {
  test('reads pictures, boxes and the faces that count as SciPy wrote them', async () => {
    const pictures = await readWiderGroundTruth(fixtures)
    expect(pictures).toHaveLength(15)
    const read = pictures.map(({ name, boxes, counted }) => [
      name,
      {
        boxes: Array.from({ length: boxes.length / 4 }, (_, i) => [
          ...boxes.subarray(4 * i, 4 * i + 4),
        ]),
        ...counted,
      },
    ])
    expect(Object.fromEntries(read)).toEqual(golden.pictures)
  })
})

describe('readWiderGroundTruth refuses', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wider-'))
    await cp(fixtures, folder, { recursive: true })
  })
  afterEach(() => rm(folder, { recursive: true }))

  const replace = (file: string, by: string) => cp(join(fixtures, by), join(folder, file))

  test('a missing file, and names it', async () => {
    await rm(join(folder, 'wider_hard_val.mat'))
    await expect(readWiderGroundTruth(folder)).rejects.toThrow(
      /wider_hard_val\.mat.*four validation/,
    )
  })

  test('a damaged file, and names it', async () => {
    await writeFile(join(folder, 'wider_easy_val.mat'), 'not a MAT file')
    await expect(readWiderGroundTruth(folder)).rejects.toThrow(/wider_easy_val\.mat: This is not/)
    await expect(readWiderGroundTruth(folder)).rejects.toBeInstanceOf(EvaluationError)
  })

  test('a file that lacks its list', async () => {
    await replace('wider_easy_val.mat', 'wider_face_val.mat')
    await expect(readWiderGroundTruth(folder)).rejects.toThrow(
      /Expected a list of events "gt_list"/,
    )
  })

  test('a folder that does not exist', async () => {
    await expect(readWiderGroundTruth(fileURLToPath(new URL('file:///none')))).rejects.toThrow(
      EvaluationError,
    )
  })
})
