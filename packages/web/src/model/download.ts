import { ModelLoadError } from '@retinaface/core'
import type { LoadProgress } from './load-progress.ts'

/**
 * Downloads a file.
 *
 * @param expected its bytes, where known
 * @throws {ModelLoadError}
 */
export async function download(
  url: string,
  expected: number | undefined,
  onProgress?: (progress: LoadProgress) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url)
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`)
    const total = expected ?? announcedBytes(response)
    const parts: Uint8Array<ArrayBuffer>[] = []
    let loaded = 0
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read()
      if (done) break
      parts.push(value)
      loaded += value.length
      onProgress?.({ stage: 'download', loaded, ...(total === undefined ? {} : { total }) })
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer())
  } catch (error) {
    throw new ModelLoadError(
      `Could not download the model ${url}: ${String(error)}. Check that the file is served and that the page may fetch it.`,
      error,
    )
  }
}

function announcedBytes({ headers }: Response): number | undefined {
  // Of a compressed answer the header tells the compressed size.
  const length = headers.has('content-encoding') ? null : headers.get('content-length')
  return length === null ? undefined : Number(length)
}
