import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { bundleForNode } from '../../../fixtures/bundle-for-node.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The command's sources as a script that Node.js runs. */
    readonly command: string
  }
}

/** Bundles the command once for all tests, which start it a hundred times. */
export default async function bundleCommand(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'retinaface-command-'))
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  await bundleForNode({ main }, folder)
  project.provide('command', join(folder, 'main.mjs'))
  return () => rm(folder, { recursive: true })
}
