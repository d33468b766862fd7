/** Rows of three numbers ([count, 3]) as `[[x, y, z], …]`. */
export function toPoints(values: Float32Array): number[][] {
  return Array.from({ length: values.length / 3 }, (_, i) => [...values.subarray(3 * i, 3 * i + 3)])
}
