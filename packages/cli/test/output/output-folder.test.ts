import * as files from 'node:fs/promises'
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describeError } from '@retinaface/node/results'
import { describe, expect, test, vi } from 'vitest'
import { OutputError } from '../../src/cli-error.ts'
import { OutputFolder } from '../../src/output/output-folder.ts'
import { ledgerName } from '../../src/output/output-ledger.ts'
import { temporaryFolder } from '../sample-pictures.ts'

vi.mock('node:fs/promises', { spy: true })

test('nothing is written outside of the output folder', async () => {
  const parent = await temporaryFolder()
  const folder = await OutputFolder.open(join(parent, 'out'), false)
  const data = Buffer.from('data')
  await expect(folder.write('../up.png', data)).rejects.toThrow('leads out')
  await expect(folder.write('/tmp/absolute.png', data)).rejects.toThrow('leads out')
  await mkdir(join(parent, 'elsewhere'))
  await symlink(join(parent, 'elsewhere'), join(folder.path, 'link'))
  await expect(folder.write('link/a.png', data)).rejects.toThrow('leads out')
  await expect(folder.write('link/sub/a.png', data)).rejects.toThrow('leads out')
  await symlink(join(parent, 'elsewhere/not-there'), join(folder.path, 'broken'))
  await expect(folder.write('broken/sub/a.png', data)).rejects.toThrow('Could not write')
  expect(await readdir(join(parent, 'elsewhere'))).toEqual([])
})

test('folders are created, and links that stay inside are followed', async () => {
  const folder = await OutputFolder.open(await temporaryFolder(), false)
  await mkdir(join(folder.path, 'real'))
  await symlink(join(folder.path, 'real'), join(folder.path, 'link'))
  await folder.write('link/a/b/c.png', Buffer.from('data'))
  expect(await readFile(join(folder.path, 'real/a/b/c.png'), 'utf8')).toBe('data')
  await expect(folder.write('link/a/b/c.png/d.png', Buffer.from('x'))).rejects.toThrow(
    'Could not write',
  )
})

test('a file appears complete and without leftovers, and replaces an earlier one', async () => {
  const folder = await OutputFolder.open(await temporaryFolder(), false)
  await folder.write('a/b.png', Buffer.from('first'))
  const again = await OutputFolder.open(folder.path, false)
  await again.write('a/b.png', Buffer.from('second'))
  expect(await readFile(join(folder.path, 'a/b.png'), 'utf8')).toBe('second')
  await mkdir(join(folder.path, 'taken'))
  const forced = await OutputFolder.open(folder.path, true)
  await expect(forced.write('taken', Buffer.from('x'))).rejects.toThrow('Could not write')
  expect((await readdir(folder.path, { recursive: true })).sort()).toEqual([
    ...[ledgerName, 'a', 'a/b.png', 'taken'],
  ])
})

test('a message has no path that was not given', async () => {
  const folder = await OutputFolder.open(await temporaryFolder(), false)
  for (const name of [`${'x'.repeat(300)}.png`, `${'x'.repeat(300)}/a.png`]) {
    const error: unknown = await folder.write(name, Buffer.from('x')).catch((e: unknown) => e)
    expect(describeError(error).message).toMatch(
      /^Could not write "x.*: ENAMETOOLONG: name too long$/,
    )
  }
  const below = join(folder.path, 'a.png/b')
  await files.writeFile(join(folder.path, 'a.png'), '')
  await expect(OutputFolder.open(below, false)).rejects.toThrow(/: ENOTDIR: not a directory$/)
})

test('a full disk ends the run, which other failures of a file do not', async () => {
  const folder = await OutputFolder.open(await temporaryFolder(), false)
  for (const [code, endsRun] of [
    ['ENOSPC', true],
    ['EDQUOT', true],
    ['EACCES', false],
  ] as const) {
    const failure = Object.assign(new Error(`${code}: failed`), { code })
    vi.mocked(files.writeFile).mockRejectedValueOnce(failure)
    const error = await folder
      .write('a.png', Buffer.from('data'))
      .catch((reason: unknown) => reason)
    expect(String(error)).toContain(`${code}: failed`)
    expect(error instanceof OutputError).toBe(endsRun)
  }
  expect(await readdir(folder.path)).toEqual([])
})

describe('two pictures of a run', () => {
  // é as one character, and as e and an accent.
  const composed = 'caf\u00e9.png'
  const decomposed = 'cafe\u0301.png'

  test('have two files if their names differ in Unicode form only', async () => {
    const folder = await OutputFolder.open(await temporaryFolder(), false)
    for (let run = 0; run < 2; run++) {
      const again = await OutputFolder.open(folder.path, false)
      await again.write(composed, Buffer.from('one'))
      await again.write(decomposed, Buffer.from('two'))
      await again.close()
    }
    expect(await readFile(join(folder.path, composed), 'utf8')).toBe('one')
    expect(await readFile(join(folder.path, decomposed), 'utf8')).toBe('two')
  })

  test.each([false, true])('never have one file, --force %s', async (force) => {
    const folder = await OutputFolder.open(await temporaryFolder(), force)
    await folder.write(composed, Buffer.from('one'))
    await expect(folder.write(composed, Buffer.from('two'))).rejects.toThrow('of another picture')
    // As file systems show it that take the two for one name.
    await files.link(join(folder.path, composed), join(folder.path, decomposed))
    const writing = folder.write(decomposed, Buffer.from('two'))
    await expect(writing).rejects.toThrow(/^"cafe\u0301.png" would replace "caf\u00e9.png", which/)
    expect(await readFile(join(folder.path, composed), 'utf8')).toBe('one')
  })
})

describe('what the command did not write', () => {
  test('stays, unless all may be replaced', async () => {
    const path = await temporaryFolder()
    await files.writeFile(join(path, 'mine.jpg'), 'mine')
    await symlink(join(path, 'mine.jpg'), join(path, 'link.jpg'))
    const folder = await OutputFolder.open(path, false)
    for (const name of ['mine.jpg', 'link.jpg']) {
      await expect(folder.write(name, Buffer.from('ours'))).rejects.toThrow('--force')
    }
    expect(await readFile(join(path, 'mine.jpg'), 'utf8')).toBe('mine')
    const forced = await OutputFolder.open(path, true)
    await forced.write('link.jpg', Buffer.from('ours'))
    expect(await readFile(join(path, 'link.jpg'), 'utf8')).toBe('ours')
    expect(await readFile(join(path, 'mine.jpg'), 'utf8')).toBe('mine')
    expect((await readdir(path)).sort()).toEqual([ledgerName, 'link.jpg', 'mine.jpg'])
  })

  test('is told from what an earlier run wrote', async () => {
    const path = await temporaryFolder()
    const first = await OutputFolder.open(path, false)
    await first.write('a/ours\n.png', Buffer.from('first'))
    await first.close()
    // As a crash leaves it.
    await files.appendFile(join(path, ledgerName), '"cut')
    const second = await OutputFolder.open(path, false)
    expect(await second.has('a/ours\n.png')).toBe(true)
    await second.write('./a/../a/ours\n.png', Buffer.from('second'))
    expect(await readFile(join(path, 'a/ours\n.png'), 'utf8')).toBe('second')
    await second.write('b.png', Buffer.from('data'))
    expect(await (await OutputFolder.open(path, false)).has('b.png')).toBe(true)
  })

  test('is not followed where it has the name of the list of outputs', async () => {
    const path = await temporaryFolder()
    await symlink(join(path, 'elsewhere'), join(path, ledgerName))
    await expect(OutputFolder.open(path, false)).rejects.toThrow('links are not followed')
    expect(await readdir(path)).toEqual([ledgerName])
  })
})
