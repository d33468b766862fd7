import { writeFile } from 'node:fs/promises'
import { compileSimdKernel } from './compile-simd-kernel.ts'

const lines = (await compileSimdKernel())
  .reduce((hex, byte) => hex + byte.toString(16).padStart(2, '0'), '')
  .match(/.{1,88}/g)!
  .map((line) => `    '${line}'`)
  .join(' +\n')

await writeFile(
  new URL('../src/wasm/generated/simd-kernel-bytes.ts', import.meta.url),
  `// Compiled from assembly/simd-kernel.ts by \`pnpm build:kernel\`; do not edit.

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => {
    return Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)
  })
}

export const SIMD_KERNEL_BYTES: Uint8Array = /* @__PURE__ */ bytesOfHex(
${lines},
)
`,
)
