import { mkdir, writeFile } from 'node:fs/promises'
import { CHECKSUMS } from '../src/checksums.ts'
import { generateAssets, PACKAGE_ROOT } from './generate-assets.ts'
import { sha256 } from './sha256.ts'

const recorded: Readonly<Record<string, { bytes: number; sha256: string }>> = CHECKSUMS

for (const [path, bytes] of await generateAssets()) {
  const actual = sha256(bytes)
  const expected = recorded[path]?.sha256
  if (actual !== expected) {
    throw new Error(
      `Built ${path} with SHA-256 ${actual} but src/checksums.ts says ${expected}. If the change is meant, run "pnpm update:manifest" and commit what it writes.`,
    )
  }
  const file = new URL(path, PACKAGE_ROOT)
  await mkdir(new URL('.', file), { recursive: true })
  await writeFile(file, bytes)
}
