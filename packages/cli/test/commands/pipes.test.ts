import { execFileSync } from 'node:child_process'
import { open, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, describe, expect, test } from 'vitest'
import { runCli } from '../run-cli.ts'
import { smallPhoto, temporaryFolder, tinyPicture } from '../sample-pictures.ts'

let cwd: string

beforeEach(async () => {
  cwd = await temporaryFolder()
})

describe('pictures from pipes', () => {
  test('that are named like files are read once, and keep their format', async () => {
    execFileSync('mkfifo', ['photo', 'photo.png'], { cwd })
    await writeFile(
      join(cwd, 'plain.webp'),
      await sharp(await tinyPicture())
        .webp()
        .toBuffer(),
    )
    const run = runCli(['blur', 'photo', 'photo.png', 'plain.webp', '--output', 'out'], { cwd })
    await writeFile(join(cwd, 'photo'), await smallPhoto())
    await writeFile(
      join(cwd, 'photo.png'),
      await sharp(await smallPhoto())
        .png()
        .toBuffer(),
    )
    const { code, stderr } = await run
    expect(stderr).toMatch(/3 done, 0 failed, \d+ faces/)
    expect(code).toBe(0)
    expect((await readdir(join(cwd, 'out'))).sort()).toEqual([
      ...['.retinaface-outputs', 'photo.jpeg', 'photo.png', 'plain.webp'],
    ])
  })

  test.each([[['-', 'stdin.jpeg']], [['stdin.jpeg', '-']], [['-', '.']]])(
    'share no output with a file: %j',
    async (inputs) => {
      await writeFile(join(cwd, 'stdin.jpeg'), await tinyPicture())
      const input = await smallPhoto()
      const { code } = await runCli(['blur', ...inputs, '--output', 'out'], { cwd, input })
      expect(code).toBe(0)
      const width = async (name: string) =>
        (await sharp(await readFile(join(cwd, 'out', name))).metadata()).width
      expect(await readdir(join(cwd, 'out'))).toHaveLength(3)
      expect(await width('stdin.jpeg')).toBe(32)
      expect(await width('stdin_1.jpeg')).toBe(480)
    },
  )

  test('that nobody writes to are given up by a second Ctrl-C', async () => {
    execFileSync('mkfifo', ['a.jpg'], { cwd })
    const { code, stderr } = await runCli(['blur', 'a.jpg', '--output', 'out'], {
      cwd,
      onStart: async (child) => {
        // Opens when the command does, and closes with nothing written after its end.
        const writer = await open(join(cwd, 'a.jpg'), 'w')
        child.stderr.once('data', () => child.kill('SIGINT'))
        child.once('close', () => writer.close())
        child.kill('SIGINT')
      },
    })
    expect(stderr).toContain('Stopping')
    expect(code).toBe(130)
  })

  test('fail alone where they cannot be read', async () => {
    const { code, stderr } = await runCli(['detect', '/dev/null', '-', '--ndjson'], { cwd })
    expect(code).toBe(1)
    expect(stderr).toContain('2 failed')
  })
})
