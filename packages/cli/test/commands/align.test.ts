import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRetinaFace } from '@retinaface/node'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../run-cli.ts'
import { smallPhoto, temporaryFolder, tinyPicture } from '../sample-pictures.ts'

let folder: string

beforeAll(async () => {
  folder = await temporaryFolder()
  for (const name of ['in/a', 'in/b']) {
    await mkdir(join(folder, name), { recursive: true })
    await writeFile(join(folder, name, 'photo.jpg'), await smallPhoto())
  }
  await writeFile(
    join(folder, 'in/a/photo.png'),
    await sharp(await smallPhoto())
      .png()
      .toBuffer(),
  )
  await writeFile(join(folder, 'in/plain.jpg'), await tinyPicture())
})

async function filesIn(name: string): Promise<string[]> {
  const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort()
}

describe('align', () => {
  test('writes a crop for each face; equal names keep apart, and the index tells all', async () => {
    const { code, stderr } = await runCli(['align', 'in', '--output', 'out'], { cwd: folder })
    expect(stderr).toContain('4 done, 0 failed, 9 faces')
    expect(code).toBe(0)
    const stems = ['out/a/photo-', 'out/a/photo.png-', 'out/b/photo-']
    const crops = stems.flatMap((stem) => [1, 2, 3].map((n) => `${stem}${n}.png`))
    expect(await filesIn('out')).toEqual(
      [...crops, 'out/index.ndjson', 'out/.retinaface-outputs'].sort(),
    )
    const index = (await readFile(join(folder, 'out/index.ndjson'), 'utf8')).trim().split('\n')
    const [first, ...others] = index.map((line) => JSON.parse(line))
    expect(others).toHaveLength(3)
    expect(first.file).toBe('in/a/photo.jpg')
    expect(first.faces[1].crop).toBe('a/photo-2.png')
    expect(first.faces[1].transform).toHaveLength(6)
  })

  test('a crop holds the pixels that the library cuts out, at the size asked for', async () => {
    const args = [
      'align',
      'in/b/photo.jpg',
      '--output',
      'large',
      '--size',
      '224',
      '--max-faces',
      '1',
    ]
    expect((await runCli(args, { cwd: folder })).code).toBe(0)
    const { data, info } = await sharp(join(folder, 'large/photo-1.png'))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 224, height: 224, channels: 3 })
    const retinaface = await createRetinaFace()
    const path = join(folder, 'in/b/photo.jpg')
    const [face] = await retinaface.detect(path)
    const { image } = await retinaface.align(path, face!, { scale: 2 })
    await retinaface.dispose()
    expect(data.equals(new Uint8Array(image.data))).toBe(true)
  })

  test('--resume leaves finished pictures alone, those without faces too', async () => {
    const args = ['align', 'in', '--output', 'again', '--format', 'jpeg']
    await runCli(args, { cwd: folder })
    const before = await filesIn('again')
    expect(before).toContain('again/b/photo-3.jpg')
    const { code, stderr } = await runCli([...args, '--resume'], { cwd: folder })
    expect(code).toBe(0)
    expect(stderr).toContain('0 done, 0 failed, 4 skipped')
    expect(await filesIn('again')).toEqual(before)
  })

  test('--resume never writes over files of earlier pictures that sort later now', async () => {
    const photo = await sharp(await smallPhoto())
    await mkdir(join(folder, 'grows'))
    await writeFile(join(folder, 'grows/p.jpg'), await smallPhoto())
    const args = ['align', 'grows', '--output', 'grown', '--max-faces', '1']
    expect((await runCli(args, { cwd: folder })).code).toBe(0)
    const before = await readFile(join(folder, 'grown/p-1.png'))
    await photo.flop().gif().toFile(join(folder, 'grows/p.gif'))
    await photo.flop().jpeg().toFile(join(folder, 'grows/p.jpeg'))
    expect((await runCli([...args, '--resume'], { cwd: folder })).code).toBe(0)
    expect(await readFile(join(folder, 'grown/p-1.png'))).toEqual(before)
    const index = (await readFile(join(folder, 'grown/index.ndjson'), 'utf8')).trim().split('\n')
    const crops = index.map((line) => JSON.parse(line).faces[0].crop)
    expect(crops).toEqual(['p-1.png', 'p.gif-1.png', 'p.jpeg-1.png'])
  })
})
