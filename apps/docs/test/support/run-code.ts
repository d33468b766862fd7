import { execFile } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bundleForNode } from '../../../../fixtures/bundle-for-node.ts'
import type { CodeBlock } from './code-blocks.ts'

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** Makes blocks of code ready for {@link runCode}, as the files `block-0.mjs` and so on of a folder. */
export async function prepareCode(
  folder: string,
  blocks: readonly Pick<CodeBlock, 'code' | 'language'>[],
): Promise<void> {
  symlinkSync(modules, join(folder, 'node_modules'))
  const scripts = blocks.map(({ code, language }, i) => {
    const file = join(folder, `source-${i}.${language === 'js' ? 'mjs' : 'mts'}`)
    writeFileSync(file, code)
    return [`block-${i}`, file]
  })
  await bundleForNode(Object.fromEntries(scripts), folder)
}

/** Runs one of a folder's prepared blocks in Node.js, and gives what it prints. */
export async function runCode(
  folder: string,
  number: number,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  // Pages show models that are for research only, too.
  const quiet = '--disable-warning=RETINAFACE_RESEARCH_ONLY'
  const options = [quiet, join(folder, `block-${number}.mjs`)]
  return promisify(execFile)(process.execPath, options, { cwd: folder, timeout: 60_000 })
}
