import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll } from 'vitest'

const { resolve } = createRequire(import.meta.url)

/** A photo with known faces: sample 1 has 3. */
export function samplePhoto(number: number): string {
  return resolve(`@vladmandic/face-api/demo/sample${number}.jpg`)
}

/** Sample 1 at a quarter of its size, 480×320; its three faces are still found. */
export function smallPhoto(): Promise<Buffer> {
  return sharp(samplePhoto(1)).resize(480).jpeg({ quality: 95 }).toBuffer()
}

/** A tiny picture without faces. */
export function tinyPicture(): Promise<Buffer> {
  const data = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 7919) % 251)
  return sharp(data, { raw: { width: 32, height: 32, channels: 3 } })
    .jpeg()
    .toBuffer()
}

/** A folder that is removed after the file's tests. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'retinaface-cli-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}
