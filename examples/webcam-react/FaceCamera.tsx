import { createWorkerRetinaFace, detectVideo, type TrackedFace } from '@retinaface/web'
import { useEffect, useRef, useState } from 'react'

export function FaceCamera() {
  const video = useRef<HTMLVideoElement>(null)
  const [faces, setFaces] = useState<readonly TrackedFace[]>([])
  const [status, setStatus] = useState('Loading…')

  useEffect(() => {
    const element = video.current
    if (!element) return
    const stop = new AbortController()
    const onFaces = (found: readonly TrackedFace[]) => {
      setFaces(found)
      setStatus(`${found.length} faces`)
    }
    follow(element, stop.signal, onFaces).catch((error: unknown) => {
      if (!stop.signal.aborted) setStatus(String(error))
    })
    return () => stop.abort()
  }, [])

  const { videoWidth = 0, videoHeight = 0 } = video.current ?? {}
  return (
    <figure style={{ position: 'relative', margin: 0 }}>
      <div style={{ position: 'relative', transform: 'scaleX(-1)' }}>
        <video ref={video} muted playsInline style={{ display: 'block', width: '100%' }} />
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${videoWidth} ${videoHeight}`}
          style={{ position: 'absolute', inset: 0, width: '100%' }}
        >
          {faces.map(({ id, box: [x1, y1, x2, y2] }) => (
            <rect
              key={id}
              x={x1}
              y={y1}
              width={x2 - x1}
              height={y2 - y1}
              fill="none"
              stroke={`hsl(${(id * 137) % 360} 90% 60%)`}
              strokeWidth={4}
            />
          ))}
        </svg>
      </div>
      <figcaption aria-live="polite">{status}</figcaption>
    </figure>
  )
}

/** Shows the camera in `video` and reports its faces until `signal` is aborted. */
async function follow(
  video: HTMLVideoElement,
  signal: AbortSignal,
  onFaces: (faces: readonly TrackedFace[]) => void,
): Promise<void> {
  const retinaface = await createWorkerRetinaFace()
  try {
    signal.throwIfAborted()
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' } })
    try {
      signal.throwIfAborted()
      video.srcObject = stream
      await video.play()
      await detectVideo(retinaface, video, { inputSize: 640, signal, onFaces })
    } finally {
      for (const track of stream.getTracks()) track.stop()
      // Another run may have put its own camera there.
      if (video.srcObject === stream) video.srcObject = null
    }
  } finally {
    await retinaface.dispose()
  }
}
