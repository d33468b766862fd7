/** Intersection over union of box i of `a` and box j of `b`, flat arrays of x1, y1, x2, y2. */
export function intersectionOverUnion(
  a: ArrayLike<number>,
  i: number,
  b: ArrayLike<number>,
  j: number,
): number {
  const p = 4 * i
  const q = 4 * j
  const width = Math.min(a[p + 2]!, b[q + 2]!) - Math.max(a[p]!, b[q]!)
  const height = Math.min(a[p + 3]!, b[q + 3]!) - Math.max(a[p + 1]!, b[q + 1]!)
  if (!(width > 0 && height > 0)) return 0
  const shared = width * height
  return shared / (area(a, p) + area(b, q) - shared)
}

function area(boxes: ArrayLike<number>, at: number): number {
  return (boxes[at + 2]! - boxes[at]!) * (boxes[at + 3]! - boxes[at + 1]!)
}
