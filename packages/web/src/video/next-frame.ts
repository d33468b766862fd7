/**
 * Waits for the next frame that a video shows.
 *
 * @returns when it was shown, in seconds, or undefined if the video has ended or `signal` is aborted
 */
export function nextFrame(
  video: HTMLVideoElement,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const finish = (time?: number) => {
      cancel()
      video.removeEventListener('ended', end)
      signal?.removeEventListener('abort', end)
      resolve(time)
    }
    const end = () => finish()
    const cancel = requestFrame(video, (now) => finish(now / 1000))
    video.addEventListener('ended', end)
    signal?.addEventListener('abort', end)
    if (video.ended || signal?.aborted) end()
  })
}

/** Calls back at the next frame; returns what stops that. */
function requestFrame(video: HTMLVideoElement, onFrame: (now: number) => void): () => void {
  if ('requestVideoFrameCallback' in video) {
    const handle = video.requestVideoFrameCallback(onFrame)
    return () => video.cancelVideoFrameCallback(handle)
  }
  return pollFrame(video, onFrame)
}

/** For browsers that do not tell of frames: looks at each repaint whether the video went on. */
function pollFrame(video: HTMLVideoElement, onFrame: (now: number) => void): () => void {
  const before = video.currentTime
  const look = (now: number) => {
    if (video.currentTime === before) handle = requestAnimationFrame(look)
    else onFrame(now)
  }
  let handle = requestAnimationFrame(look)
  return () => cancelAnimationFrame(handle)
}
