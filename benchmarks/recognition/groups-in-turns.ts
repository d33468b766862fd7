import type { Embedding } from '@retinaface/recognition/node'

/**
 * Groups faces as programs do that use face-api's `FaceMatcher`: one after the other joins the person from
 * whose faces it is least far on average, or is a new person where that is not below the threshold.
 *
 * @param threshold a distance
 */
export function groupsInTurns(faces: readonly Embedding[], threshold: number): number[][] {
  const groups: number[][] = []
  for (const [index, face] of faces.entries()) {
    let nearest: number[] | undefined
    let least = threshold
    for (const group of groups) {
      const sum = group.reduce((total, other) => total + distance(face, faces[other]!), 0)
      if (sum / group.length >= least) continue
      least = sum / group.length
      nearest = group
    }
    if (nearest) nearest.push(index)
    else groups.push([index])
  }
  return groups
}

function distance(a: Embedding, b: Embedding): number {
  let squares = 0
  for (let i = 0; i < a.length; i++) squares += (a[i]! - b[i]!) ** 2
  return Math.sqrt(squares)
}
