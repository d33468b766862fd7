import {
  type DetectOptions,
  FaceTracker,
  type SmoothingOptions,
  type TrackedFace,
} from '@retinaface/core'
import { hasSource, nextFrame } from './video/next-frame.ts'
import type { WebRetinaFace } from './web-retinaface.ts'

/** Options of {@link detectVideo}. */
export interface DetectVideoOptions extends Omit<DetectOptions, 'signal' | 'onProgress'> {
  /**
   * Called with the faces of each frame that was looked at, the best first.
   *
   * @param time when the frame was shown, in seconds
   */
  readonly onFaces: (faces: TrackedFace[], time: number) => void
  /** Ends the work. */
  readonly signal?: AbortSignal
  readonly smoothing?: SmoothingOptions
}

/**
 * Follows the faces of a playing video until it ends, its source is taken away or `signal` is aborted.
 * Where it gets another source, it is followed on.
 *
 * Frames that come while one is looked at are dropped. Boxes, landmarks and meshes are smoothed, and
 * a face keeps its `id` as long as it is not missing from all frames of more than two seconds.
 *
 * @throws {ImageReadError} if the browser cannot play the video on
 * @throws what {@link WebRetinaFace.detect} and `onFaces` throw
 */
export async function detectVideo(
  retinaface: WebRetinaFace,
  video: HTMLVideoElement,
  { onFaces, signal, smoothing, ...options }: DetectVideoOptions,
): Promise<void> {
  const tracker = new FaceTracker(smoothing)
  for (;;) {
    const time = await nextFrame(video, signal)
    if (time === undefined) return
    try {
      const detectOptions = { ...options, ...(signal ? { signal } : {}) }
      const faces = await retinaface.detect(video, detectOptions)
      onFaces(tracker.update(faces, time), time)
      // The event came while the frame was looked at.
      if (!hasSource(video)) return
    } catch (error) {
      if (signal?.aborted) return
      throw error
    }
  }
}
