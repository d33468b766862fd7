import { EXPRESSION_NAMES, type Face, type FaceExpression } from '@retinaface/core'
import { toPoseEntry } from './mesh-entry.ts'
import { round } from './round.ts'

/** Columns of {@link expressionValues}. */
export const expressionColumns: readonly string[] = [
  ...['eyes_open', 'mouth_open', 'gaze_x', 'gaze_y', 'gaze_z'],
  ...['right_iris_x', 'right_iris_y', 'right_iris_radius'],
  ...['left_iris_x', 'left_iris_y', 'left_iris_radius'],
  ...EXPRESSION_NAMES,
  'uncertain_expressions',
]

/** What results say of a face's expression; a thousandth is finer than any coefficient is true. */
export function toExpressionEntry(face: Face): FaceExpression | undefined {
  const { expressions, uncertainExpressions, irises, gaze, eyesOpen, mouthOpen } = face
  const pose = toPoseEntry(face)
  if (!(expressions && uncertainExpressions && irises && gaze && pose)) return undefined
  const thousandths = (value: number) => round(value, 1e3)
  const coefficients = Object.entries(expressions).map(([name, value]) => [
    name,
    thousandths(value),
  ])
  const [right, left] = irises.map(({ centre: [x, y], radius }) => ({
    centre: [thousandths(x), thousandths(y)] as const,
    radius: thousandths(radius),
  }))
  const [x, y, z] = gaze
  return {
    expressions: Object.fromEntries(coefficients),
    uncertainExpressions,
    irises: [right!, left!],
    gaze: [round(x, 1e4), round(y, 1e4), round(z, 1e4)],
    pose,
    eyesOpen: thousandths(eyesOpen!),
    mouthOpen: thousandths(mouthOpen!),
  }
}

/** The values of {@link expressionColumns}; empty for a face without an expression. */
export function expressionValues(entry: Partial<FaceExpression>): (string | number)[] {
  const { expressions, uncertainExpressions, irises, gaze, eyesOpen, mouthOpen } = entry
  if (!(expressions && uncertainExpressions && irises && gaze))
    return expressionColumns.map(() => '')
  return [
    ...[eyesOpen!, mouthOpen!, ...gaze],
    ...irises.flatMap(({ centre, radius }) => [...centre, radius]),
    ...EXPRESSION_NAMES.map((name) => expressions[name]),
    uncertainExpressions.join(' '),
  ]
}
