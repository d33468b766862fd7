import { playbackError } from './playback-error.ts'

/**
 * Waits for the next frame that a video shows.
 *
 * @returns when it was shown, in seconds, or undefined if the video has ended or lost its source, or
 * `signal` is aborted
 * @throws {ImageReadError} if the browser cannot play the video on
 */
export function nextFrame(
  video: HTMLVideoElement,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const listening = new AbortController()
  let cancel: (() => void) | undefined
  return new Promise<number | undefined>((resolve, reject) => {
    const awaitFrame = () => {
      cancel = requestFrame(video, (now) => {
        // Browsers tell late of a frame whose source is gone.
        if (video.readyState < video.HAVE_CURRENT_DATA) awaitFrame()
        else resolve(now / 1000)
      })
    }
    const end = () => resolve(undefined)
    const endWithoutSource = () => {
      if (!hasSource(video)) end()
    }
    const fail = () => reject(playbackError(video.error!))
    const until = { signal: listening.signal }
    video.addEventListener('ended', end, until)
    video.addEventListener('emptied', endWithoutSource, until)
    video.addEventListener('error', fail, until)
    signal?.addEventListener('abort', end, until)
    if (video.ended || signal?.aborted) end()
    else if (video.error) fail()
    else awaitFrame()
  }).finally(() => {
    cancel?.()
    listening.abort()
  })
}

/** Whether a video has something to play; another source may be on its way when one is taken away. */
export function hasSource(video: HTMLVideoElement): boolean {
  return Boolean(video.srcObject || video.hasAttribute('src') || video.querySelector('source'))
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
