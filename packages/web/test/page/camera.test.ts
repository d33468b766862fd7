import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeCameraFilm } from '../support/camera-film.ts'
import { openSourcePage } from '../support/source-page.ts'

test('two faces before a camera keep their ids for ten seconds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'retinaface-camera-'))
  const film = join(folder, 'film.mjpeg')
  writeFileSync(film, await makeCameraFilm())
  const source = await openSourcePage({
    args: [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  })
  const seen = await source.page.evaluate(async () => {
    const { createWorkerRetinaFace, detectVideo } = globalThis.retinaface
    const detector = await createWorkerRetinaFace()
    const video = document.createElement('video')
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      video: { width: 640, height: 480 },
    })
    video.muted = true
    await video.play()
    const faces: { id: number; x: number }[][] = []
    const signal = AbortSignal.timeout(10_000)
    const onFaces = (found: readonly { id: number; box: readonly number[] }[]) =>
      faces.push(found.map(({ id, box }) => ({ id, x: box[0]! })))
    await detectVideo(detector, video, { signal, onFaces: (found) => void onFaces(found) })
    await detector.dispose()
    return faces
  })
  await source.close()
  rmSync(folder, { recursive: true })
  expect(seen.length).toBeGreaterThan(20)
  for (const faces of seen) expect(faces.map(({ id }) => id).toSorted()).toEqual([1, 2])
  const sides = seen.map((faces) => faces.find(({ id }) => id === 1)!.x)
  expect(Math.max(...sides) - Math.min(...sides)).toBeGreaterThan(20)
  expect(Math.max(...sides) - Math.min(...sides)).toBeLessThan(100)
})
