import { poseOf } from '@retinaface/mesh-decoder'
import type { Candidate } from '../candidates/decode-candidates.ts'
import type { FaceAnchor } from '../face/face.ts'
import { type FaceExpression, type Iris, openingsOf } from '../face/face-expression.ts'
import type { FaceStage, FaceToDescribe } from '../face/face-stage.ts'
import type { FeatureMaps } from '../network/feature-map.ts'
import type { DenseBranch } from './dense-branch.ts'
import type { HeadReading } from './dense-head.ts'
import type { ExpressionHead, ExpressionReading } from './expression-head.ts'
import { turnedBack, turnedBackVector } from './turned-back.ts'

/** Coefficients of expression, irises, gaze and pose of kept faces. */
export class ExpressionStage implements FaceStage<object, HeadReading> {
  private readonly branch: DenseBranch

  constructor(branch: DenseBranch, expressions: ExpressionHead) {
    this.branch = branch
    branch.head.readExpressions(expressions)
  }

  get tensors(): readonly string[] {
    return this.branch.head.tensors
  }

  needsPicture(): boolean {
    return false
  }

  read(candidates: readonly Candidate[], maps: FeatureMaps): Promise<HeadReading[]> {
    return this.branch.read(candidates, maps)
  }

  async describe(
    _picture: unknown,
    faces: readonly FaceToDescribe<HeadReading>[],
  ): Promise<FaceExpression[]> {
    return faces.map(({ face, reading: { expression, parameters } }) => {
      // A mesh may have been fitted to the picture, and its pose with it.
      const pose = face.pose ?? poseOf(turnedBack(parameters, face.anchor.quarters ?? 0).camera)
      return { ...expressionOf(face.anchor, expression!), pose }
    })
  }

  release(): Promise<void> {
    return this.branch.release()
  }
}

function expressionOf(
  anchor: FaceAnchor,
  { expressions, uncertain, irises, gaze: [x, y, z] }: ExpressionReading,
): Omit<FaceExpression, 'pose'> {
  return {
    expressions,
    uncertainExpressions: uncertain,
    irises: [irisOf(anchor, irises.subarray(0, 3)), irisOf(anchor, irises.subarray(3))],
    gaze: [...turnedBackVector(x, y, anchor.quarters ?? 0), z],
    ...openingsOf(expressions),
  }
}

function irisOf({ centre, size, quarters }: FaceAnchor, [x, down, radius]: Float64Array): Iris {
  const [across, up] = turnedBackVector(x!, -down!, quarters ?? 0)
  return {
    centre: [centre[0] + size * across, centre[1] - size * up],
    radius: size * radius!,
  }
}
