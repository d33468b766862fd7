import { link, mkdir, open, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { createProgram } from '../../src/program.ts'
import { runCli } from '../run-cli.ts'
import { temporaryFolder, tinyPicture } from '../sample-pictures.ts'

let folder: string
let picture: Buffer
let exitCode: typeof process.exitCode

beforeAll(async () => {
  folder = await temporaryFolder()
  picture = await tinyPicture()
  await writeFile(join(folder, 'picture'), picture)
  await link(join(folder, 'picture'), join(folder, 'same'))
  await symlink('picture', join(folder, 'link'))
  await writeFile(join(folder, 'notes.txt'), 'my notes')
})

/** In this process. */
async function retinaface(...args: string[]): Promise<{ error?: Error; stderr: string }> {
  let stderr = ''
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += text
    return true
  })
  const listeners = process.rawListeners('SIGINT')
  try {
    await createProgram().parseAsync(['node', 'retinaface', ...args])
    return { stderr }
  } catch (error) {
    return { error: error as Error, stderr }
  } finally {
    write.mockRestore()
    exitCode = process.exitCode
    process.exitCode = undefined
    for (const listener of process.rawListeners('SIGINT')) {
      if (!listeners.includes(listener)) process.off('SIGINT', listener as () => void)
    }
  }
}

describe('nothing of the user is emptied', () => {
  test.each(['picture', 'same', 'link'])('as results named %s, which is an input', async (name) => {
    const { error } = await retinaface(
      'detect',
      join(folder, 'picture'),
      '--output',
      join(folder, name),
    )
    expect(error?.message).toMatch(/one of the inputs|is a link/)
    expect(await readFile(join(folder, 'picture'))).toEqual(picture)
  })

  test('by results where it is an empty input', async () => {
    const empty = join(folder, 'empty')
    await writeFile(empty, '')
    const { error } = await retinaface('detect', empty, '--output', empty)
    expect(error?.message).toContain('one of the inputs')
    expect((await stat(empty)).size).toBe(0)
  })

  test('as results that standard input comes from', async () => {
    const path = join(folder, 'results.ndjson')
    const text = '{"file":"a.jpg","width":3,"height":2,"faces":[]}\n'
    await writeFile(path, text)
    const standardInput = await open(path)
    const { code, stderr } = await runCli(['detect', '-', '--output', path], {
      stdin: standardInput.fd,
    })
    await standardInput.close()
    expect(stderr).toContain('one of the inputs')
    expect(code).toBe(2)
    expect(await readFile(path, 'utf8')).toBe(text)
  })

  test('by --resume with a file of others', async () => {
    const notes = join(folder, 'notes.txt')
    const args = ['detect', join(folder, 'picture'), '--ndjson', '--resume', '--output', notes]
    expect((await retinaface(...args)).error?.message).toContain('Line 1')
    expect(await readFile(notes, 'utf8')).toBe('my notes')
  })

  test('by curves', async () => {
    const path = join(folder, 'drawing.svg')
    await writeFile(path, '<svg/>')
    const data = ['--images', folder, '--ground-truth', folder]
    const { error } = await retinaface('eval', 'wider', ...data, '--curves', path)
    expect(error?.message).toContain('there already')
    expect(await readFile(path, 'utf8')).toBe('<svg/>')
  })

  test('in the output folder', async () => {
    const mine = join(folder, 'out/picture')
    await retinaface('blur', join(folder, 'picture'), '--output', join(folder, 'out'))
    const first = await readFile(mine)
    expect(first.length).toBeGreaterThan(0)
    await retinaface('blur', join(folder, 'picture'), '--output', join(folder, 'out'))
    expect(exitCode).toBe(0)
    await writeFile(join(folder, 'out/same'), 'mine')
    const { stderr } = await retinaface(
      'blur',
      join(folder, 'same'),
      '--output',
      join(folder, 'out'),
    )
    expect(stderr).toContain('--force')
    expect(await readFile(join(folder, 'out/same'), 'utf8')).toBe('mine')
  })
})

test('--resume names damaged lines and does their pictures again', async () => {
  const path = join(folder, 'damaged.ndjson')
  const args = [
    'detect',
    join(folder, 'picture'),
    join(folder, 'same'),
    '--ndjson',
    '--output',
    path,
  ]
  await retinaface(...args)
  const [first, second] = (await readFile(path, 'utf8')).split('\n')
  await writeFile(path, `${first}\n${second!.slice(0, -9)}\n`)
  const { stderr } = await retinaface(...args, '--resume')
  expect(stderr).toMatch(/Line 2 of ".*damaged.ndjson" is damaged/)
  expect(stderr).toContain('1 done, 0 failed, 1 skipped')
  expect((await readFile(path, 'utf8')).split('\n')[2]).toBe(second)
})

test('blur --resume does not take an empty file, a folder or a file of others for finished', async () => {
  const out = join(folder, 'resumed')
  const args = ['blur', join(folder, 'picture'), '--output', out]
  await retinaface(...args)
  expect((await retinaface(...args, '--resume')).stderr).toContain('1 skipped')
  await writeFile(join(out, 'picture'), '')
  expect((await retinaface(...args, '--resume')).stderr).toContain('1 done, 0 failed, 0 faces')
  expect((await stat(join(out, 'picture'))).size).toBeGreaterThan(0)
})

test('pictures whose names differ in Unicode form only are two, in every output', async () => {
  // é as one character, and as e and an accent.
  const names = ['caf\u00e9.jpg', 'cafe\u0301.jpg']
  const cafes = join(folder, 'cafes')
  await mkdir(cafes)
  for (const name of names) await writeFile(join(cafes, name), picture)
  const out = join(folder, 'blurred-cafes')
  await retinaface('blur', cafes, '--output', out)
  expect((await readdir(out)).filter((name) => names.includes(name))).toHaveLength(2)
  expect((await retinaface('blur', cafes, '--output', out, '--resume')).stderr).toContain(
    '2 skipped',
  )
  const crops = join(folder, 'cropped-cafes')
  await retinaface('align', join(cafes, names[0]!), '--output', crops)
  const { stderr } = await retinaface('align', cafes, '--output', crops, '--resume')
  expect(stderr).toContain('1 done, 0 failed, 1 skipped')
  const lines = (await readFile(join(crops, 'index.ndjson'), 'utf8')).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).file)).toEqual(names.map((name) => join(cafes, name)))
})
