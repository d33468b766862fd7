import { ModelLoadError } from '@retinaface/core'

/**
 * Checks that a model file is the expected one.
 *
 * @param name of the model, for the message
 * @param expected SHA-256 as 64 hexadecimal digits
 * @throws {ModelLoadError} when the sums differ.
 */
export async function verifySha256(
  bytes: Uint8Array<ArrayBuffer>,
  expected: string,
  name: string,
): Promise<void> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (actual !== expected.toLowerCase()) {
    throw new ModelLoadError(
      `The model ${name} is not the expected file: expected SHA-256 ${expected.toLowerCase()} but its ${bytes.length} bytes have ${actual}. It is damaged or was replaced; install it again.`,
    )
  }
}
