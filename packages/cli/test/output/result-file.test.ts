import { execFileSync } from 'node:child_process'
import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { indexName, openIndex } from '../../src/output/folder-index.ts'
import { OutputFolder } from '../../src/output/output-folder.ts'
import { openResultFile } from '../../src/output/result-file.ts'
import { createResultWriter, type ResultFormat } from '../../src/output/result-writer.ts'
import { temporaryFolder } from '../sample-pictures.ts'

const ignored: string[] = []
const fresh = {
  resumes: false,
  inputs: new Set<string>(),
  warn: (text: string) => void ignored.push(text),
}
const resumed = { ...fresh, resumes: true }

const entries = [
  { file: 'a\n"  b".jpg', width: 3, height: 2, faces: [] },
  { file: 'b.jpg', error: { code: 'IMAGE_READ', message: 'Could not read "b.jpg"' } },
]

async function writeResults(path: string, format: ResultFormat, count = 2): Promise<string> {
  const { sink } = await openResultFile(path, fresh)
  const writer = createResultWriter(format, sink, true)
  for (const entry of entries.slice(0, count)) await writer.write(entry)
  await writer.close()
  return readFile(path, 'utf8')
}

describe('a file of results', () => {
  test.each(['json', 'ndjson', 'csv', 'table'] as const)(
    'is replaced by another run where it holds %s, whole or without any entry',
    async (format) => {
      const path = join(await temporaryFolder(), 'sub/results')
      const first = await writeResults(path, format)
      await writeResults(path, 'json', 0)
      await writeResults(path, format, 0)
      expect(await writeResults(path, format)).toBe(first)
    },
  )

  test.each([
    ['notes', 'my notes\nmore notes\n'],
    ['notes without an end', 'my notes'],
    ['JSON of others', '{"file":"mine.jpg"}\n'],
    ['JSON of others without an end', '{"file":"mine.jpg","width":"3"}'],
    ['a picture', '\u00ff\u00d8\u00ff\u00e0'],
    ['an empty line', '\n'],
  ])('is neither cut nor appended to where it holds %s', async (_, text) => {
    const path = join(await temporaryFolder(), 'notes.txt')
    await writeFile(path, text)
    for (const options of [fresh, resumed]) {
      await expect(openResultFile(path, options)).rejects.toThrow(/^Line 1 of ".*notes.txt" is no/)
    }
    expect(await readFile(path, 'utf8')).toBe(text)
  })

  test.each(['json', 'csv', 'table'] as const)('of %s is not gone on with', async (format) => {
    const path = join(await temporaryFolder(), 'results')
    const text = await writeResults(path, format)
    await expect(openResultFile(path, resumed)).rejects.toThrow('no line of JSON of this command')
    expect(await readFile(path, 'utf8')).toBe(text)
  })

  test('that was cut at its first byte is gone on with', async () => {
    const path = join(await temporaryFolder(), 'results')
    await writeFile(path, '{')
    const { sink, finished } = await openResultFile(path, resumed)
    await sink.close()
    expect([...finished.pictures]).toEqual([])
    expect(await readFile(path, 'utf8')).toBe('')
  })

  test('is never a link, a pipe, a folder or a device', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'mine.txt'), '')
    await symlink('mine.txt', join(folder, 'link'))
    await symlink('not-there', join(folder, 'broken'))
    await mkdir(join(folder, 'folder'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    for (const name of ['link', 'broken', 'folder', 'pipe', '/dev/null']) {
      const path = name.startsWith('/') ? name : join(folder, name)
      await expect(openResultFile(path, fresh), name).rejects.toThrow('regular files only')
    }
    expect(await readdir(folder)).not.toContain('not-there')
    expect((await lstat(join(folder, 'pipe'))).isFIFO()).toBe(true)
  })

  test('is not the index of a folder where a link, a pipe or something else has its name', async () => {
    const parent = await temporaryFolder()
    const make: Record<string, (path: string) => unknown> = {
      link: (path) => symlink(join(parent, 'outside'), path),
      pipe: (path) => execFileSync('mkfifo', [path]),
      notes: (path) => writeFile(path, 'notes'),
    }
    for (const [name, create] of Object.entries(make)) {
      const folder = await OutputFolder.open(join(parent, name), false)
      await create(join(folder.path, indexName))
      await expect(openIndex(folder, fresh), name).rejects.toThrow(/regular files only|Line 1/)
    }
    expect(await readdir(parent)).not.toContain('outside')
    expect(await readFile(join(parent, 'notes', indexName), 'utf8')).toBe('notes')
  })
})
