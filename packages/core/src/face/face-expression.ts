import type { Pose } from '@retinaface/mesh-decoder'

/** The 52 coefficients of expression by ARKit's names, in alphabetical order. */
export const EXPRESSION_NAMES = [
  'browDownLeft',
  'browDownRight',
  'browInnerUp',
  'browOuterUpLeft',
  'browOuterUpRight',
  'cheekPuff',
  'cheekSquintLeft',
  'cheekSquintRight',
  'eyeBlinkLeft',
  'eyeBlinkRight',
  'eyeLookDownLeft',
  'eyeLookDownRight',
  'eyeLookInLeft',
  'eyeLookInRight',
  'eyeLookOutLeft',
  'eyeLookOutRight',
  'eyeLookUpLeft',
  'eyeLookUpRight',
  'eyeSquintLeft',
  'eyeSquintRight',
  'eyeWideLeft',
  'eyeWideRight',
  'jawForward',
  'jawLeft',
  'jawOpen',
  'jawRight',
  'mouthClose',
  'mouthDimpleLeft',
  'mouthDimpleRight',
  'mouthFrownLeft',
  'mouthFrownRight',
  'mouthFunnel',
  'mouthLeft',
  'mouthLowerDownLeft',
  'mouthLowerDownRight',
  'mouthPressLeft',
  'mouthPressRight',
  'mouthPucker',
  'mouthRight',
  'mouthRollLower',
  'mouthRollUpper',
  'mouthShrugLower',
  'mouthShrugUpper',
  'mouthSmileLeft',
  'mouthSmileRight',
  'mouthStretchLeft',
  'mouthStretchRight',
  'mouthUpperUpLeft',
  'mouthUpperUpRight',
  'noseSneerLeft',
  'noseSneerRight',
  'tongueOut',
] as const

/** The name of a coefficient of expression; Left and Right are the subject's. */
export type ExpressionName = (typeof EXPRESSION_NAMES)[number]

/** How far eyes and mouth are open, of coefficients. */
export function openingsOf({
  eyeBlinkLeft,
  eyeBlinkRight,
  jawOpen,
}: FaceExpression['expressions']): Pick<FaceExpression, 'eyesOpen' | 'mouthOpen'> {
  return { eyesOpen: 1 - (eyeBlinkLeft + eyeBlinkRight) / 2, mouthOpen: jawOpen }
}

/** An iris in the image frame, pixels. */
export interface Iris {
  readonly centre: readonly [x: number, y: number]
  readonly radius: number
}

/**
 * What a face does.
 *
 * @example
 * ```ts
 * const [face] = await retinaface.detect(photo, { expressions: true })
 * console.log(face.expressions.jawOpen, face.eyesOpen, face.gaze)
 * ```
 */
export interface FaceExpression {
  /**
   * 0..1 by ARKit's names, as MediaPipe's blendshape network gives them, from which they were learned.
   * `cheekPuff`, `cheekSquint`, `jawForward`, `noseSneer` and `tongueOut` are always 0: it does not tell
   * them.
   */
  readonly expressions: Readonly<Record<ExpressionName, number>>
  /**
   * Those of the coefficients that are hardly more than noise: on faces of this size (in the picture that the
   * network sees) they share less than a quarter of their variance with MediaPipe's, as measured. The larger
   * the face, the fewer; the seven that are always 0 are among them at every size.
   */
  readonly uncertainExpressions: readonly ExpressionName[]
  /** The subject's right iris (left in the picture), then the left one. */
  readonly irises: readonly [right: Iris, left: Iris]
  /**
   * Where the eyes look: a unit vector in the camera frame, x to the right of the picture, y up,
   * z towards the viewer. `[0, 0, 1]` is a look into the camera.
   */
  readonly gaze: readonly [x: number, y: number, z: number]
  /** Degrees. */
  readonly pose: Pose
  /** 0 with both eyes closed, 1 with both wide open: 1 less the mean of `eyeBlinkLeft` and `eyeBlinkRight`. */
  readonly eyesOpen: number
  /** 0 with the mouth closed, 1 with the jaw as low as it goes: `jawOpen`. */
  readonly mouthOpen: number
}
