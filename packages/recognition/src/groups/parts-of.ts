import { type Embedding, similarity } from '../compare/similarity.ts'

const facesOfPart = 1_000

/** Faces in parts of about a thousand that are near one another: those that are most like the same face. */
export function partsOf(embeddings: readonly Embedding[]): number[][] {
  const count = Math.ceil(embeddings.length / facesOfPart)
  const middles = Array.from({ length: count }, (_, i) => embeddings[i * facesOfPart]!)
  const parts: number[][] = middles.map(() => [])
  for (const [face, embedding] of embeddings.entries()) {
    let [nearest, most] = [0, Number.NEGATIVE_INFINITY]
    for (const [part, middle] of middles.entries()) {
      const alike = similarity(embedding, middle)
      if (alike > most) [nearest, most] = [part, alike]
    }
    parts[nearest]!.push(face)
  }
  return parts
}
