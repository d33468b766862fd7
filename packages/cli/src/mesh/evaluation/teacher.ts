import { readFile } from 'node:fs/promises'
import type { PixelImage } from '@retinaface/core'
import type { PixelBox, Points } from '@retinaface/evaluation'
import { describeError } from '@retinaface/node/results'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { CliError } from '../../cli-error.ts'
import {
  CROP_SIZE,
  type CropTransform,
  cropOfBox,
  cropOfPoints,
  cutCrop,
  scaleOf,
} from './teacher-crop.ts'

/** What the teacher says of a face. */
export interface TeacherAnswer {
  /** 478 vertices `[x, y, z]` in pixels of the picture, the first 468 being the mesh's. */
  readonly points: Points
  /** That there is a face, 0..1. */
  readonly confidence: number
}

/**
 * MediaPipe FaceMesh v2, which needs a crop for each face: the reference that meshes are compared
 * with.
 */
export class Teacher {
  private readonly session: InferenceSession

  private constructor(session: InferenceSession) {
    this.session = session
  }

  /** @throws {CliError} if the file cannot be read or is another network */
  static async load(file: string, threads: number | undefined): Promise<Teacher> {
    try {
      const session = await InferenceSession.create(new Uint8Array(await readFile(file)), {
        logSeverityLevel: 3,
        ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
      })
      const { inputNames, outputNames } = session
      if (inputNames.length === 1 && outputNames.length === 2) return new Teacher(session)
      throw new Error('it is another network')
    } catch (error) {
      throw new CliError(
        'TEACHER',
        `Could not load MediaPipe FaceMesh v2 (192×192 RGB in, 478 points and a face logit out) from ${JSON.stringify(file)}: ${describeError(error).message}. Name the file with --teacher.`,
        error,
      )
    }
  }

  /** Looks at a detected face, and again at a crop about the points that it found. */
  async label(image: PixelImage, box: PixelBox, landmarks: Points): Promise<TeacherAnswer> {
    const first = await this.look(image, cropOfBox(box, landmarks))
    return this.look(image, cropOfPoints(first.points))
  }

  dispose(): Promise<void> {
    return this.session.release()
  }

  private async look(image: PixelImage, transform: CropTransform): Promise<TeacherAnswer> {
    const { inputNames, outputNames } = this.session
    const crop = new Tensor('float32', cutCrop(image, transform), [1, CROP_SIZE, CROP_SIZE, 3])
    const found = await this.session.run({ [inputNames[0]!]: crop })
    const [places, logit] = outputNames.map((name) => found[name]!.data as Float32Array)
    const [a, b, c, d, e, f] = transform
    const scale = scaleOf(transform)
    const points = Array.from({ length: places!.length / 3 }, (_, i) => {
      const [x, y, z] = [places![3 * i]!, places![3 * i + 1]!, places![3 * i + 2]!]
      return [a * x + b * y + c, d * x + e * y + f, z * scale]
    })
    return { points, confidence: 1 / (1 + Math.exp(-logit![0]!)) }
  }
}
