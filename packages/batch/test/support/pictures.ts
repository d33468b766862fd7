import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRetinaFace } from '@retinaface/node'
import sharp from 'sharp'
import { afterAll } from 'vitest'
import type { BatchDetector } from '../../src/engine/open-batch-detector.ts'

const { resolve } = createRequire(import.meta.url)

/** A photograph with three faces, at a quarter of its size. */
export function photo(): Promise<Buffer> {
  return sharp(resolve('@vladmandic/face-api/demo/sample1.jpg')).resize(480).jpeg().toBuffer()
}

/** A picture without faces. */
export function plainPicture(): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 48, channels: 3, background: '#487' } })
    .jpeg()
    .toBuffer()
}

/** A folder that is removed after the file's tests. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'retinaface-batch-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A detector in this thread: workers do not start from the sources. */
export async function testDetector(): Promise<BatchDetector> {
  const quality = new URL('../../src/quality-stage.ts', import.meta.url)
  const detector = await createRetinaFace({ threads: 1, stages: { quality } })
  afterAll(() => detector.dispose())
  return detector
}
