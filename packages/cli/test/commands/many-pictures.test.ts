import { appendFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../run-cli.ts'
import { temporaryFolder, tinyPicture } from '../sample-pictures.ts'

const total = 1000
const isBad = (i: number) => i % 20 === 7
let folder: string
let names: string[]

beforeAll(async () => {
  folder = await temporaryFolder()
  const good = await tinyPicture()
  const bad = [
    Buffer.alloc(0),
    Buffer.from('text, not a picture'),
    good.subarray(0, good.length / 2),
  ]
  names = Array.from({ length: total }, (_, i) => {
    return `in/${String(i % 7)}/${String(i).padStart(4, '0')}.jpg`
  }).sort()
  for (let i = 0; i < 7; i++) await mkdir(join(folder, `in/${i}`), { recursive: true })
  for (const name of names) {
    const i = Number(/(\d+)\.jpg$/.exec(name)![1])
    await writeFile(join(folder, name), isBad(i) ? bad[i % 3]! : good)
  }
})

function parseLines(text: string): { file: string; error?: object }[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}

// The decoder words the same damage in different ways.
function withoutMessage({ error, ...entry }: { file: string; error?: object }): object {
  return { ...entry, failed: error !== undefined }
}

describe('1,000 pictures with 50 bad ones', () => {
  test('lose nothing, and go on after a crash without doing a picture twice', async () => {
    const args = ['detect', 'in', '--ndjson', '--output', 'out.ndjson']
    const { code, stderr } = await runCli(args, { cwd: folder })
    expect(code).toBe(1)
    expect(stderr).toContain('950 done, 50 failed, 0 faces')
    const output = join(folder, 'out.ndjson')
    const complete = await readFile(output, 'utf8')
    const results = parseLines(complete)
    expect(results.map(({ file }) => file)).toEqual(names)
    expect(results.filter(({ error }) => error)).toHaveLength(50)
    expect(stderr.split('\n').filter((line) => line.includes('Could not read'))).toHaveLength(50)

    // As a crash in the middle of the line after the 700th leaves it.
    const end = complete.split('\n', 700).join('\n').length + 1
    await truncate(output, end + 20)
    const resumed = await runCli([...args, '--resume'], { cwd: folder })
    expect(resumed.stderr).toMatch(/700 skipped/)
    const again = parseLines(await readFile(output, 'utf8'))
    expect(again.map(withoutMessage)).toEqual(results.map(withoutMessage))
  })

  test('Ctrl-C stops after the pictures in hand and leaves a valid JSON array', async () => {
    let sent = false
    const { code, stdout, stderr } = await runCli(['detect', 'in', '--json'], {
      cwd: folder,
      onStdout: (text, child) => {
        if (sent || text.split('\n').length < 12) return
        sent = true
        child.kill('SIGINT')
      },
    })
    expect(code).toBe(130)
    const results: { file: string }[] = JSON.parse(stdout)
    expect(results.length).toBeGreaterThan(9)
    expect(results.length).toBeLessThan(total)
    expect(results.map(({ file }) => file)).toEqual(names.slice(0, results.length))
    expect(stderr).toContain('Stopping after the pictures in hand')
    expect(stderr).toMatch(/\d+ done, \d+ failed/)
  })

  test('a second Ctrl-C quits at once, with whole lines', async () => {
    let sent = false
    const { code, stdout, stderr } = await runCli(['detect', 'in', '--ndjson'], {
      cwd: folder,
      onStdout: (_, child) => {
        if (sent) return
        sent = true
        child.kill('SIGINT')
        child.stderr.once('data', () => child.kill('SIGINT'))
      },
    })
    expect(code).toBe(130)
    expect(parseLines(stdout).length).toBeLessThan(total)
    expect(stdout.endsWith('\n')).toBe(true)
    expect(stderr).not.toContain('Error')
  })

  test('a reader that goes away, as head does, ends the run quietly', async () => {
    const { code, stderr } = await runCli(['detect', 'in', '--ndjson', '--quiet'], {
      cwd: folder,
      onStdout: (_, child) => child.stdout.destroy(),
    })
    expect(code).toBe(0)
    expect(stderr).not.toContain('EPIPE')
  })

  test('--resume refuses a file that holds something else', async () => {
    const path = join(folder, 'notes.txt')
    await appendFile(path, 'my notes\nmore notes\n')
    const args = ['detect', 'in', '--ndjson', '--resume', '--output', path]
    const { code, stderr } = await runCli(args, { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toContain('Line 1')
    expect(await readFile(path, 'utf8')).toBe('my notes\nmore notes\n')
  })
})
