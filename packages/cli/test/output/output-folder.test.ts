import * as files from 'node:fs/promises'
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { OutputError } from '../../src/cli-error.ts'
import { createOutputFolder, writeOutput } from '../../src/output/output-folder.ts'
import { temporaryFolder } from '../sample-pictures.ts'

vi.mock('node:fs/promises', { spy: true })

test('nothing is written outside of the output folder', async () => {
  const parent = await temporaryFolder()
  const folder = await createOutputFolder(join(parent, 'out'))
  const data = Buffer.from('data')
  await expect(writeOutput(folder, '../up.png', data)).rejects.toThrow('leads out')
  await expect(writeOutput(folder, '/tmp/absolute.png', data)).rejects.toThrow('leads out')
  await mkdir(join(parent, 'elsewhere'))
  await symlink(join(parent, 'elsewhere'), join(folder, 'link'))
  await expect(writeOutput(folder, 'link/a.png', data)).rejects.toThrow('leads out')
  await expect(writeOutput(folder, 'link/sub/a.png', data)).rejects.toThrow('leads out')
  await symlink(join(parent, 'elsewhere/not-there'), join(folder, 'broken'))
  await expect(writeOutput(folder, 'broken/sub/a.png', data)).rejects.toThrow('Could not write')
  expect(await readdir(join(parent, 'elsewhere'))).toEqual([])
})

test('folders are created, and links that stay inside are followed', async () => {
  const folder = await createOutputFolder(await temporaryFolder())
  await mkdir(join(folder, 'real'))
  await symlink(join(folder, 'real'), join(folder, 'link'))
  await writeOutput(folder, 'link/a/b/c.png', Buffer.from('data'))
  expect(await readFile(join(folder, 'real/a/b/c.png'), 'utf8')).toBe('data')
  await expect(writeOutput(folder, 'link/a/b/c.png/d.png', Buffer.from('x'))).rejects.toThrow(
    'Could not write',
  )
})

test('a file appears complete and without leftovers, and replaces an earlier one', async () => {
  const folder = await createOutputFolder(await temporaryFolder())
  await writeOutput(folder, 'a/b.png', Buffer.from('first'))
  await writeOutput(folder, 'a/b.png', Buffer.from('second'))
  expect(await readFile(join(folder, 'a/b.png'), 'utf8')).toBe('second')
  await mkdir(join(folder, 'taken'))
  await expect(writeOutput(folder, 'taken', Buffer.from('x'))).rejects.toThrow('Could not write')
  expect((await readdir(folder, { recursive: true })).sort()).toEqual(['a', 'a/b.png', 'taken'])
})

test('a full disk ends the run, which other failures of a file do not', async () => {
  const folder = await createOutputFolder(await temporaryFolder())
  for (const [code, endsRun] of [
    ['ENOSPC', true],
    ['EDQUOT', true],
    ['EACCES', false],
  ] as const) {
    const failure = Object.assign(new Error(`${code}: failed`), { code })
    vi.mocked(files.writeFile).mockRejectedValueOnce(failure)
    const error = await writeOutput(folder, 'a.png', Buffer.from('data')).catch((reason) => reason)
    expect(error.message).toContain(`${code}: failed`)
    expect(error instanceof OutputError).toBe(endsRun)
  }
  expect(await readdir(folder)).toEqual([])
})
