import { writeFile } from 'node:fs/promises'
import { compileKernels, KERNEL_FEATURES } from './compile-kernels.ts'

// In a script, since bundlers turn files this small into data: URLs, which strict policies forbid.
const builds: string[] = []
for (const [name, features] of Object.entries(KERNEL_FEATURES)) {
  const encoded = Buffer.from(await compileKernels(features)).toString('base64')
  const lines = encoded.match(/.{1,92}/g)!.map((line) => `  '${line}'`)
  builds.push(`export const ${name}: string = (\n${lines.join(' +\n')}\n)\n`)
}
await writeFile(
  new URL('../src/kernels/generated/kernel-bytes.ts', import.meta.url),
  `// Compiled from assembly/kernels.ts by \`pnpm build:kernels\`, in base64; do not edit.\n\n${builds.join('\n')}`,
)
