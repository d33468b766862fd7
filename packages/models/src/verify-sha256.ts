import { ModelLoadError } from '@retinaface/core'

/**
 * Checks that a model file is the expected one.
 *
 * @param expected SHA-256 as 64 hexadecimal digits
 * @param name of the model, for the message
 * @throws {ModelLoadError} if the sums differ, or in a page that was not loaded by HTTPS (or from
 * localhost), where browsers compute none.
 */
export async function verifySha256(
  bytes: Uint8Array<ArrayBuffer>,
  expected: string,
  name: string,
): Promise<void> {
  const subtle: typeof crypto.subtle | undefined = globalThis.crypto?.subtle
  if (!subtle) {
    throw new ModelLoadError(
      `Could not verify the model ${name}: browsers compute SHA-256 in secure contexts only. Serve the page by HTTPS or from localhost.`,
    )
  }
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes))
  const actual = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  if (actual !== expected.toLowerCase()) {
    throw new ModelLoadError(
      `The model ${name} is not the expected file: expected SHA-256 ${expected.toLowerCase()} but its ${bytes.length} bytes have ${actual}. It is damaged or was replaced; install it again.`,
    )
  }
}
