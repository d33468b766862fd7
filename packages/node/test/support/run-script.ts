import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { bundleForNode } from '../../../../fixtures/bundle-for-node.ts'

/** Runs a script of this folder on the built packages, in a process of its own, and gives what it printed. */
export function runScriptOnBuild(name: string, ...args: string[]): string {
  return run('--import', 'tsx', scriptPath(name), ...args)
}

/** Makes scripts of this folder ready for {@link runScript}, on the sources. */
export function prepareScripts(names: readonly string[], folder: string): Promise<void> {
  return bundleForNode(Object.fromEntries(names.map((name) => [name, scriptPath(name)])), folder)
}

/** As {@link runScriptOnBuild}, for a script that lies prepared in a folder. */
export function runScript(folder: string, name: string, ...args: string[]): string {
  return run(`${folder}/${name}.mjs`, ...args)
}

function scriptPath(name: string): string {
  return fileURLToPath(new URL(`${name}.ts`, import.meta.url))
}

function run(...args: string[]): string {
  const options = { encoding: 'utf8', maxBuffer: 1e9, timeout: 500_000 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options)
  expect(status, stderr).toBe(0)
  return stdout
}
