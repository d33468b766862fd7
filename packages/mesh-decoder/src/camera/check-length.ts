import { InvalidArgumentError } from '../errors/retinaface-error.ts'

/** Checks that an array holds exactly `expected` numbers. */
export function checkLength(argument: string, array: ArrayLike<number>, expected: number): void {
  if (array.length === expected) return
  throw new InvalidArgumentError(argument, `${expected} numbers`, array.length)
}

/** Checks that an array holds whole groups of `size` numbers, as in [points, 3]. */
export function checkRows(argument: string, array: ArrayLike<number>, size: number): void {
  if (array.length % size === 0) return
  throw new InvalidArgumentError(argument, `a multiple of ${size} numbers`, array.length)
}

/** Checks that a number counts something there is. */
export function checkCount(argument: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return
  throw new InvalidArgumentError(argument, 'a positive integer', value)
}
