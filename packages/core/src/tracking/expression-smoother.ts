import type { Face } from '../face/face.ts'
import {
  type ExpressionName,
  type FaceExpression,
  type Iris,
  openingsOf,
} from '../face/face-expression.ts'
import { OneEuroFilter, type SmoothingOptions } from './one-euro-filter.ts'

// What coefficients and the gaze span.
const range = 1

/** Smooths what one face does through the frames: coefficients, irises and gaze; what is uncertain is the frame's. */
export class ExpressionSmoother {
  private readonly coefficients: OneEuroFilter
  private readonly irises: OneEuroFilter
  private readonly gaze: OneEuroFilter

  constructor(options: SmoothingOptions) {
    this.coefficients = new OneEuroFilter(options)
    this.irises = new OneEuroFilter(options)
    this.gaze = new OneEuroFilter(options)
  }

  /**
   * @param size of the face, pixels
   * @param time in seconds
   * @returns the fields of the face's expression; none if it has none
   */
  smooth(face: Face, size: number, time: number): Omit<FaceExpression, 'pose'> | undefined {
    const { expressions: given, uncertainExpressions, irises, gaze } = face
    if (!(given && uncertainExpressions && irises && gaze)) return undefined
    const values = this.coefficients.smooth(Object.values(given), range, time)
    const names = Object.keys(given) as ExpressionName[]
    const expressions = Object.fromEntries(
      names.map((name, i) => [name, values[i]!]),
    ) as FaceExpression['expressions']
    const [x, y, z] = this.gaze.smooth(gaze, range, time)
    const length = Math.hypot(x!, y!, z!)
    return {
      expressions,
      uncertainExpressions,
      irises: this.smoothIrises(irises, size, time),
      gaze: [x! / length, y! / length, z! / length],
      ...openingsOf(expressions),
    }
  }

  private smoothIrises(
    irises: FaceExpression['irises'],
    size: number,
    time: number,
  ): FaceExpression['irises'] {
    const flat = irises.flatMap(({ centre, radius }) => [...centre, radius])
    const values = this.irises.smooth(flat, size, time)
    const irisAt = (at: number): Iris => ({
      centre: [values[at]!, values[at + 1]!],
      radius: values[at + 2]!,
    })
    return [irisAt(0), irisAt(3)]
  }
}
