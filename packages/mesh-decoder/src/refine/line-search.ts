import type { Objective, ObjectiveValue } from './objective.ts'

/** Flat parameters ([latentSize + 7 + 9]) and the objective's value there. */
export interface Trial {
  readonly parameters: Float32Array
  readonly value: ObjectiveValue
}

/** How often a step is halved before it is given up. */
const MOST_HALVINGS = 6

/**
 * The best place found along a direction: lengths double from 1 while that lowers the objective, or
 * halve until it is below the start's. Undefined if none is.
 *
 * Doubling matters: the weighted squares that stand for an absolute value are steeper than it is, so
 * full steps fall short while residuals are large.
 */
export function searchAlong(
  objective: Objective,
  start: Trial,
  direction: Float32Array,
): Trial | undefined {
  const at = (length: number): Trial => {
    const parameters = start.parameters.map((x, i) => x + length * direction[i]!)
    return { parameters, value: objective.evaluate(parameters) }
  }
  let best = at(1)
  if (isLower(best, start)) {
    for (let length = 2; ; length *= 2) {
      const longer = at(length)
      if (!isLower(longer, best)) return best
      best = longer
    }
  }
  for (let halvings = 1; halvings <= MOST_HALVINGS; halvings++) {
    best = at(0.5 ** halvings)
    if (isLower(best, start)) return best
  }
  return undefined
}

function isLower(trial: Trial, than: Trial): boolean {
  return trial.value.objective < than.value.objective
}
