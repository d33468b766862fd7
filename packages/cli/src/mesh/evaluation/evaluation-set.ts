import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Points, type PoseAngles, poseFromAflw } from '@retinaface/evaluation'
import { describeError } from '@retinaface/node/results'
import { CliError } from '../../cli-error.ts'
import type { PictureInput } from '../../inputs/find-pictures.ts'

export const EVALUATION_SETS = ['wider-val', 'helen', 'aflw'] as const

/** A set of pictures on which meshes are evaluated. */
export type EvaluationSetName = (typeof EVALUATION_SETS)[number]

/** What people have said of the one face of a picture. */
export interface FaceAnnotation {
  /** 68 landmarks of the iBUG scheme, in pixels. */
  readonly landmarks: Points
  readonly pose?: PoseAngles
}

/** The pictures of a set, and what is annotated of each by its file name. */
export interface EvaluationSet {
  readonly pictures: readonly PictureInput[]
  readonly annotations: ReadonlyMap<string, FaceAnnotation>
}

/**
 * Finds the pictures of a set, in the order of their names, and reads its annotations.
 *
 * @param limit at most so many pictures
 * @throws {CliError} if the folder is not that of the set
 */
export async function readEvaluationSet(
  set: EvaluationSetName,
  folder: string,
  limit: number,
): Promise<EvaluationSet> {
  try {
    const annotations = await readAnnotations(set, folder)
    const images = set === 'aflw' ? folder : join(folder, 'images')
    const names = (await readdir(images)).filter((name) => /\.(?:jpe?g|png)$/i.test(name)).sort()
    const isWanted = (name: string) => set === 'wider-val' || annotations.has(name)
    const pictures = names
      .filter(isWanted)
      .slice(0, limit)
      .map((name) => toInput(images, name))
    if (pictures.length > 0) return { pictures, annotations }
  } catch (error) {
    throw notTheSet(set, folder, describeError(error).message)
  }
  throw notTheSet(set, folder, 'there is no picture')
}

function toInput(folder: string, name: string): PictureInput {
  const path = join(folder, name)
  return { file: path, outputPath: name, source: path }
}

async function readAnnotations(
  set: EvaluationSetName,
  folder: string,
): Promise<Map<string, FaceAnnotation>> {
  if (set === 'wider-val') return new Map()
  const file = set === 'helen' ? 'landmarks68.json' : 'annotations.json'
  const entries = Object.entries(JSON.parse(await readFile(join(folder, file), 'utf8')))
  if (set === 'helen') {
    return new Map(entries.map(([name, points]) => [name, { landmarks: points as Points }]))
  }
  return new Map(
    entries.map(([name, entry]) => {
      const { pt3d_68, pose } = entry as { pt3d_68: Points; pose: number[] }
      return [name, { landmarks: pt3d_68, pose: poseFromAflw(pose) }]
    }),
  )
}

const contents: Readonly<Record<EvaluationSetName, string>> = {
  'wider-val': 'images/ with the WIDER FACE validation pictures',
  helen: 'images/ and landmarks68.json, 68 points of each picture by its name',
  aflw: 'pictures and annotations.json, "pt3d_68" and "pose" of each picture by its name',
}

function notTheSet(set: EvaluationSetName, folder: string, reason: string): CliError {
  return new CliError(
    'DATA',
    `Expected the set ${set} in ${JSON.stringify(folder)} (${contents[set]}), but ${reason}.`,
  )
}
