import { applyLaplacian, type GraphLaplacian } from './graph-laplacian.ts'

const MOST_STEPS = 160

/**
 * The largest eigenvalue of a Laplacian, to about 1e-12 of its size, by Lanczos' method.
 *
 * Lost orthogonality only repeats eigenvalues that have converged already, so none is restored.
 */
export function largestEigenvalue(laplacian: GraphLaplacian): number {
  const size = laplacian.rowStarts.length - 1
  const diagonal: number[] = []
  const offDiagonal: number[] = []
  let previous: Float64Array = new Float64Array(size)
  let current = startVector(size)
  let next: Float64Array = new Float64Array(size)
  for (let step = 0; step < Math.min(size, MOST_STEPS); step++) {
    const beta = offDiagonal.at(-1) ?? 0
    applyLaplacian(laplacian, current, next)
    const alpha = dot(next, current)
    for (let i = 0; i < size; i++) next[i]! -= alpha * current[i]! + beta * previous[i]!
    diagonal.push(alpha)
    const length = Math.sqrt(dot(next, next))
    // The Krylov space is exhausted: the tridiagonal matrix holds exact eigenvalues.
    if (length < 1e-12) break
    offDiagonal.push(length)
    for (let i = 0; i < size; i++) next[i]! /= length
    ;[previous, current, next] = [current, next, previous]
  }
  return largestOfTridiagonal(diagonal, offDiagonal)
}

/** Bisection on how many eigenvalues lie above a value (Sturm's sequence of pivots). */
function largestOfTridiagonal(diagonal: readonly number[], offDiagonal: readonly number[]): number {
  const radius = (i: number) => Math.abs(offDiagonal[i - 1] ?? 0) + Math.abs(offDiagonal[i] ?? 0)
  let low = Math.max(...diagonal)
  let high = Math.max(...diagonal.map((value, i) => value + radius(i)))
  for (let i = 0; i < 100 && high - low > Number.EPSILON * high; i++) {
    const middle = (low + high) / 2
    if (hasEigenvalueAbove(diagonal, offDiagonal, middle)) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function hasEigenvalueAbove(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
  value: number,
): boolean {
  let pivot = 1
  for (let i = 0; i < diagonal.length; i++) {
    const coupling = i === 0 ? 0 : offDiagonal[i - 1]! ** 2 / pivot
    pivot = diagonal[i]! - value - coupling
    if (pivot >= 0) return true
  }
  return false
}

/** A fixed unit vector without symmetry, so that no eigenvector is orthogonal to it. */
function startVector(size: number): Float64Array {
  const vector = Float64Array.from({ length: size }, (_, i) => Math.sin((i + 1) ** 2) + 0.1)
  const length = Math.sqrt(dot(vector, vector))
  return vector.map((value) => value / length)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
