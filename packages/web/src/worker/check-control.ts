import { InvalidArgumentError } from '@retinaface/core'

/**
 * Checks the options that stay on this side of the worker.
 *
 * @throws {InvalidArgumentError}
 */
export function checkControl({
  signal,
  onProgress,
}: {
  readonly signal: { throwIfAborted?: unknown } | undefined
  readonly onProgress: unknown
}): void {
  if (signal !== undefined && typeof signal?.throwIfAborted !== 'function') {
    throw new InvalidArgumentError('options.signal', 'an AbortSignal', signal)
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new InvalidArgumentError('options.onProgress', 'a function', onProgress)
  }
}
