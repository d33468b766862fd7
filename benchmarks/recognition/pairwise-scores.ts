/**
 * How well groups are those of people: of the pairs in a group the share that is of one person (precision),
 * of the pairs of one person the share that is in a group (recall), and their harmonic mean.
 *
 * @param people whom each face shows
 */
export function pairwiseScores(
  people: readonly unknown[],
  groups: readonly (readonly number[])[],
): { precision: number; recall: number; f: number } {
  const pairs = (count: number) => (count * (count - 1)) / 2
  const sizes = (values: readonly unknown[]) => {
    const counts = new Map<unknown, number>()
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    return [...counts.values()].reduce((sum, count) => sum + pairs(count), 0)
  }
  const right = groups.reduce((sum, group) => sum + sizes(group.map((face) => people[face])), 0)
  const inGroups = groups.reduce((sum, { length }) => sum + pairs(length), 0)
  const [precision, recall] = [right / inGroups, right / sizes(people)]
  return { precision, recall, f: (2 * precision * recall) / (precision + recall) }
}
