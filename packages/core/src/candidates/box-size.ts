/** The area of a box x1, y1, x2, y2. */
export function areaOf(box: ArrayLike<number>): number {
  return (box[2]! - box[0]!) * (box[3]! - box[1]!)
}

/** The area that two boxes share. */
export function sharedArea(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const width = Math.min(a[2]!, b[2]!) - Math.max(a[0]!, b[0]!)
  const height = Math.min(a[3]!, b[3]!) - Math.max(a[1]!, b[1]!)
  return width > 0 && height > 0 ? width * height : 0
}

/** The longer side of a box: what sizes of faces are compared with. */
export function longerSide(box: ArrayLike<number>): number {
  return Math.max(box[2]! - box[0]!, box[3]! - box[1]!)
}
