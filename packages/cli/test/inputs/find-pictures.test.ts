import { execFileSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { CliError } from '../../src/cli-error.ts'
import { findPictures } from '../../src/inputs/find-pictures.ts'
import { commonFolder, toInputRoot } from '../../src/inputs/input-root.ts'
import type { WalkOptions } from '../../src/inputs/walk-folder.ts'
import { temporaryFolder } from '../sample-pictures.ts'

let folder: string

beforeAll(async () => {
  folder = await temporaryFolder()
  const files = ['a/x.jpg', 'a/sub/y.PNG', 'a/.hidden.jpg', 'a/notes.txt', 'b/x.jpg', 'b/z[1].jpg']
  for (const file of files) {
    await mkdir(join(folder, file, '..'), { recursive: true })
    await writeFile(join(folder, file), '')
  }
  await symlink('..', join(folder, 'a/sub/loop'))
  await symlink('/nowhere', join(folder, 'a/lost.jpg'))
  await mkdir(join(folder, 'pipes'))
  execFileSync('mkfifo', [join(folder, 'pipes/a.jpg')])
  await symlink('a.jpg', join(folder, 'pipes/link.jpg'))
  await symlink('../b/x.jpg', join(folder, 'pipes/picture.jpg'))
})

async function find(inputs: string[], options: WalkOptions = {}) {
  const roots = await Promise.all(inputs.map((input) => toInputRoot(join(folder, input))))
  const found: { file: string; outputPath: string; error?: string }[] = []
  for await (const picture of findPictures(roots, commonFolder(roots), options)) {
    const { file, outputPath, source } = picture
    const error = source instanceof CliError ? { error: source.code } : {}
    found.push({ file: file.slice(folder.length + 1), outputPath, ...error })
  }
  return found
}

describe('pictures are found', () => {
  test('where all that can show faces counts, files that are not read come with an error', async () => {
    await mkdir(join(folder, 'camera'))
    for (const name of ['a.jpg', 'b.MOV', 'c.txt', 'd.bmp']) {
      await writeFile(join(folder, 'camera', name), '')
    }
    expect((await find(['camera'])).map(({ file }) => file)).toEqual(['camera/a.jpg'])
    expect(await find(['camera'], { tellsUnread: true })).toEqual([
      { file: 'camera/a.jpg', outputPath: 'a.jpg' },
      { file: 'camera/b.MOV', outputPath: 'b.MOV', error: 'NOT_READ' },
      { file: 'camera/d.bmp', outputPath: 'd.bmp', error: 'NOT_READ' },
    ])
  })

  test('in folders in the order of names, without hidden and other files, loops entered once', async () => {
    const found = await find(['a'])
    expect(found.map(({ outputPath }) => outputPath)).toEqual(['lost.jpg', 'sub/y.PNG', 'x.jpg'])
  })

  test('from several inputs with different output paths for equal names', async () => {
    const found = await find(['a/x.jpg', 'b/x.jpg'])
    expect(found.map(({ outputPath }) => outputPath)).toEqual(['a/x.jpg', 'b/x.jpg'])
    expect((await find(['b/x.jpg']))[0]!.outputPath).toBe('x.jpg')
  })

  test('once, however many inputs lead to them', async () => {
    const found = await find(['b/x.jpg', 'b', 'b/*.jpg'])
    expect(found.map(({ outputPath }) => outputPath)).toEqual(['x.jpg', 'z[1].jpg'])
  })

  test('by globs, unless a file has just that name', async () => {
    const found = await find(['{a,b}/*.jpg'])
    expect(found.map(({ file }) => file)).toEqual(['a/x.jpg', 'b/x.jpg', 'b/z[1].jpg'])
    expect((await find(['b/z[1].jpg'])).map(({ file }) => file)).toEqual(['b/z[1].jpg'])
    expect(await find(['b/*.tiff'])).toMatchObject([{ file: 'b/*.tiff', error: 'NO_MATCH' }])
  })

  test('outside of the folder of outputs only', async () => {
    const outputs = join(folder, 'a/sub')
    expect((await find(['a'], { except: outputs })).map(({ file }) => file)).toEqual([
      'a/lost.jpg',
      'a/x.jpg',
    ])
    const found = await find(['a/**/*.{jpg,PNG}'], { except: outputs })
    expect(found.map(({ file }) => file)).not.toContain('a/sub/y.PNG')
  })

  test('among pipes, which are passed over unless they are named', async () => {
    for (const input of ['pipes', 'pipes/*.jpg']) {
      expect((await find([input])).map(({ file }) => file)).toEqual(['pipes/picture.jpg'])
    }
    const written = writeFile(join(folder, 'pipes/a.jpg'), 'data')
    expect(await find(['pipes/link.jpg'])).toMatchObject([{ outputPath: 'link.jpg' }])
    await written
  })

  test('with names that are not UTF-8, which fail alone and say why', async () => {
    for (const name of ['latin', 'odd']) await mkdir(join(folder, name))
    const named = (...bytes: number[]) =>
      Buffer.from([...Buffer.from(`${folder}/latin/`), ...bytes])
    await writeFile(named(0xe9, 0x2e, 0x6a, 0x70, 0x67), '')
    await mkdir(named(0x64, 0xe9))
    await writeFile(join(folder, 'odd/\ufffd.jpg'), '')
    for (const inputs of [
      ['latin', 'odd'],
      ['{latin,odd}/*.jpg', 'latin/d\ufffd'],
    ]) {
      const found = await find(inputs)
      const errors = found.map(({ file, error }) => [file, error]).sort()
      expect(errors).toEqual([
        ['latin/d\ufffd', 'NAME'],
        ['latin/\ufffd.jpg', 'NAME'],
        ['odd/\ufffd.jpg', undefined],
      ])
    }
  })

  test('and a name that stands for bytes which are not UTF-8 never leads to another file', async () => {
    await mkdir(join(folder, 'twins/d\ufffd'), { recursive: true })
    const named = (...bytes: number[]) =>
      Buffer.from([...Buffer.from(`${folder}/twins/`), ...bytes])
    await writeFile(named(0xe9, 0x2e, 0x6a, 0x70, 0x67), 'latin')
    await mkdir(named(0x64, 0xe9))
    await writeFile(join(folder, 'twins/\ufffd.jpg'), 'literal')
    await writeFile(join(folder, 'twins/d\ufffd/a.jpg'), '')
    await symlink('\ufffd.jpg', named(0x6c, 0xe9, 0x2e, 0x6a, 0x70, 0x67))
    const outcomes = async (...inputs: string[]) =>
      (await find(inputs)).map(({ file, error }) => [file.slice(6), error]).sort()
    const [inFolder, byGlob] = [await outcomes('twins'), await outcomes('twins/*.jpg')]
    expect(inFolder).toEqual([
      ['d\ufffd', 'NAME'],
      ['d\ufffd/a.jpg', undefined],
      ['\ufffd.jpg', undefined],
      ['\ufffd.jpg', 'NAME'],
    ])
    expect(byGlob.filter(([file]) => file === '\ufffd.jpg')).toEqual([
      ['\ufffd.jpg', undefined],
      ['\ufffd.jpg', 'NAME'],
    ])
    expect(await outcomes('twins', 'twins/*.jpg')).toContainEqual(['\ufffd.jpg', 'NAME'])
    // As the system hands over the name of the file that is not UTF-8.
    for (const input of ['twins/\ufffd.jpg', 'twins/d\ufffd']) {
      expect(await outcomes(input)).toEqual([[input.slice(6), 'NAME']])
    }
  })

  test('with no output path that leads up', async () => {
    for (const input of ['../nothing.jpg', '../../x/../y.jpg', 'a/../b/x.jpg']) {
      expect((await find([input]))[0]!.outputPath).not.toMatch(/\.\.|\//)
    }
  })
})
