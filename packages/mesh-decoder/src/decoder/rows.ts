/** Rows of numbers in memory: the address of the first and the bytes from one to the next. */
export interface Rows {
  readonly address: number
  readonly stride: number
}

/** Rows of `width` numbers without gaps. */
export function dense(address: number, width: number): Rows {
  return { address, stride: width * 4 }
}

/** The parts of rows that have `count` parts of `width` numbers each. */
export function sideBySide(address: number, count: number, width: number): Rows[] {
  return Array.from({ length: count }, (_, k) => {
    return { address: address + k * width * 4, stride: count * width * 4 }
  })
}
