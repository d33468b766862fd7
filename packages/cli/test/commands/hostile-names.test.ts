import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from '../run-cli.ts'
import { temporaryFolder, tinyPicture } from '../sample-pictures.ts'

const control = /(?!\n)\p{Cc}/u

describe('names that would control a terminal are shown as escapes', () => {
  test('by errors of the command line, in every command', async () => {
    const name = '--\u001b]0;owned\u0007x.jpg'
    for (const command of [['detect'], ['eval'], []]) {
      const { code, stderr } = await runCli([...command, name])
      expect(code).toBe(2)
      expect(stderr).toContain("unknown option '--\\u{1b}]0;owned\\u{7}x.jpg'\n")
      expect(stderr).not.toMatch(control)
    }
  })

  test('and come back as they are from CSV that goes to a program', async () => {
    const cwd = await temporaryFolder()
    await writeFile(join(cwd, 'a\u001b[2J.jpg'), await tinyPicture())
    const { stdout } = await runCli(['detect', '.', '--csv'], { cwd })
    expect(stdout).toContain('\n"a\u001b[2J.jpg",32,32,')
  })
})
