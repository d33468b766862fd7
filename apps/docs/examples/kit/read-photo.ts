// Enough to see small faces, and a phone answers in a second or two.
const longestSide = 1600

/** Reads a photo, upright, and shrinks what is larger than 1600 pixels. */
export async function readPhoto(source: Blob | string, signal: AbortSignal): Promise<ImageBitmap> {
  const blob = typeof source === 'string' ? await fetchBlob(source, signal) : source
  const whole = await createImageBitmap(blob)
  const scale = longestSide / Math.max(whole.width, whole.height)
  if (scale >= 1) return whole
  const small = await createImageBitmap(whole, {
    resizeWidth: Math.round(whole.width * scale),
    resizeHeight: Math.round(whole.height * scale),
    resizeQuality: 'high',
  })
  whole.close()
  return small
}

async function fetchBlob(url: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  return response.blob()
}
