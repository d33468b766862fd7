import { ModelLoadError } from '@retinaface/core'
import type { LoadProgress } from './load-progress.ts'

/**
 * Downloads a file.
 *
 * @param expected its bytes, where known
 * @throws {ModelLoadError} and what `onProgress` throws, which ends the transfer
 */
export async function download(
  url: string,
  expected: number | undefined,
  onProgress?: (progress: LoadProgress) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const failed = (error: unknown): never => {
    throw new ModelLoadError(
      `Could not download the model ${url}: ${String(error)}. Check that the file is served and that the page may fetch it.`,
      error,
    )
  }
  const response = await fetch(url).catch(failed)
  const { ok, status, body } = response
  if (!ok || !body) return failed(new Error(`the server answered ${status}`))
  const total = expected ?? announcedBytes(response)
  const parts: Uint8Array<ArrayBuffer>[] = []
  let loaded = 0
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(failed)
      if (done) break
      parts.push(value)
      loaded += value.length
      onProgress?.({ stage: 'download', loaded, ...(total === undefined ? {} : { total }) })
    }
  } catch (error) {
    // Nobody wants the rest.
    reader.cancel().catch(() => undefined)
    throw error
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

function announcedBytes({ headers }: Response): number | undefined {
  // Of a compressed answer the header tells the compressed size.
  const length = headers.has('content-encoding') ? null : headers.get('content-length')
  return length === null ? undefined : Number(length)
}
