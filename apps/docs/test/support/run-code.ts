import { execFile } from 'node:child_process'
import { existsSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { CodeBlock } from './code-blocks.ts'

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** Runs a block of code in Node.js, as the file `name` of a folder, and gives what it prints. */
export async function runCode(
  folder: string,
  { code, language }: Pick<CodeBlock, 'code' | 'language'>,
  name: string,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const file = join(folder, `${name}.${language === 'js' ? 'mjs' : 'mts'}`)
  writeFileSync(file, code)
  const linked = join(folder, 'node_modules')
  if (!existsSync(linked)) symlinkSync(modules, linked)
  // Pages show models that are for research only, too.
  const quiet = '--disable-warning=RETINAFACE_RESEARCH_ONLY'
  const options = [quiet, '--conditions=@retinaface/source', '--import', tsx, file]
  return promisify(execFile)(process.execPath, options, { cwd: folder, timeout: 60_000 })
}
