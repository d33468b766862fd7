import { writeFile } from 'node:fs/promises'

/**
 * Writes a script that exports a compiled kernel: in a script it needs no loader and no fetch, which a
 * strict policy may forbid.
 *
 * @param name of the constant
 * @param source that it was compiled from
 */
export async function writeKernelBytes(
  file: URL,
  name: string,
  source: string,
  bytes: Uint8Array,
): Promise<void> {
  const lines = Buffer.from(bytes)
    .toString('hex')
    .match(/.{1,88}/g)!
    .map((line) => `    '${line}'`)
    .join(' +\n')
  await writeFile(
    file,
    `// Compiled from ${source} by \`pnpm build:kernel\`; do not edit.

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => {
    return Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)
  })
}

export const ${name}: Uint8Array = /* @__PURE__ */ bytesOfHex(
${lines},
)
`,
  )
}
