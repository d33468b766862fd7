import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRetinaFace } from '@retinaface/node'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../run-cli.ts'
import { smallPhoto, temporaryFolder, tinyPicture } from '../sample-pictures.ts'

let folder: string

beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(join(folder, 'in'))
  // Lies on its side, as phones store portraits, and says where it was taken.
  await sharp(await smallPhoto())
    .rotate(90)
    .withMetadata({ orientation: 8 })
    .withExifMerge({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
    .jpeg({ quality: 95 })
    .toFile(join(folder, 'in/photo.jpg'))
  await writeFile(join(folder, 'in/broken.png'), 'broken')
  await sharp(await tinyPicture())
    .webp()
    .toFile(join(folder, 'in/plain.webp'))
})

describe('blur', () => {
  test('keeps format and upright size, drops metadata, and no face is found again', {
    timeout: 180_000,
  }, async () => {
    const retinaface = await createRetinaFace()
    expect((await sharp(join(folder, 'in/photo.jpg')).metadata()).exif).toBeDefined()
    for (const style of ['pixelate', 'blur', 'solid']) {
      const args = ['blur', 'in', '--output', style, '--style', style]
      const { code, stderr } = await runCli(args, { cwd: folder })
      expect(stderr).toMatch(/2 done, 1 failed, \d faces/)
      expect(code).toBe(1)
      const metadata = await sharp(join(folder, style, 'photo.jpg')).metadata()
      expect(metadata).toMatchObject({ format: 'jpeg', width: 480, height: 320 })
      expect(metadata.exif).toBeUndefined()
      expect(metadata.orientation).toBeUndefined()
      expect((await sharp(join(folder, style, 'plain.webp')).metadata()).format).toBe('webp')
      expect(await retinaface.detect(join(folder, style, 'photo.jpg'))).toEqual([])
    }
    await retinaface.dispose()
    await expect(stat(join(folder, 'solid/broken.png'))).rejects.toThrow('ENOENT')
  })

  test('replaces inputs only with --force', async () => {
    await mkdir(join(folder, 'own'))
    const path = join(folder, 'own/photo.jpg')
    const original = await smallPhoto()
    await writeFile(path, original)
    const args = ['blur', 'own', '--output', 'own']
    const refused = await runCli(args, { cwd: folder })
    expect(refused.code).toBe(2)
    expect(await readFile(path)).toEqual(original)
    expect((await runCli([...args, '--force'], { cwd: folder })).code).toBe(0)
    expect(await readFile(path)).not.toEqual(original)
  })

  test('--resume skips outputs that are there; outputs below the input are no inputs', async () => {
    await mkdir(join(folder, 'root'))
    await writeFile(join(folder, 'root/a.jpg'), await tinyPicture())
    const args = ['blur', 'root', '--output', 'root/hidden', '--resume']
    expect((await runCli(args, { cwd: folder })).stderr).toContain('1 done, 0 failed')
    await writeFile(join(folder, 'root/b.jpg'), await tinyPicture())
    const { code, stderr } = await runCli(args, { cwd: folder })
    expect(stderr).toContain('1 done, 0 failed, 1 skipped')
    expect(code).toBe(0)
  })
})
