import type { GraphNode } from './read-graph.ts'

// From the score back to the two channels that it is made of, each the first input of the one before.
const operators = ['Log', 'Div', 'Clip', 'Sqrt', 'Mul', 'Sigmoid', 'Split']

// Between these the log-odds are exact; as `training/retinaface/detector/export_own.py` has them.
const least = 1e-2
const most = 1 - 1e-4

/** Whether an operator is one of those that make a score, which {@link faceScore} does at once. */
export function isScoreOperator(operator: string): boolean {
  return operators.includes(operator)
}

/**
 * The map of whose first two channels a tensor is the score, if it is one.
 *
 * @param producers the nodes of a network by their outputs
 */
export function scoredMap(
  producers: ReadonlyMap<string, GraphNode>,
  tensor: string,
): string | undefined {
  let input = tensor
  for (const operator of operators) {
    const node = producers.get(input)
    if (node?.operator !== operator) return undefined
    input = node.inputs[0]!
  }
  return input
}

/** Log-odds of √(σ(cls) · σ(obj)), how sure YuNet and what is made from it are of a face. */
export function faceScore(cls: number, obj: number): number {
  const score = 1 / Math.sqrt((1 + Math.exp(-cls)) * (1 + Math.exp(-obj)))
  const bounded = Math.min(Math.max(score, least), most)
  return Math.log(bounded / (1 - bounded))
}
