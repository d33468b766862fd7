import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Copies the parts of ONNX Runtime Web that are used, so that one rule of every bundler, a URL
// relative to the module, finds them. Minifiers take .mjs for the modules that they are.
const from = dirname(createRequire(import.meta.url).resolve('onnxruntime-web/wasm'))
const to = fileURLToPath(new URL('../assets/generated/', import.meta.url))

const files = [
  ['ort.wasm.min.mjs', 'ort-wasm.mjs'],
  ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.mjs'],
  ['ort-wasm-simd-threaded.wasm', 'ort-wasm-simd-threaded.wasm'],
  ['ort.webgpu.min.mjs', 'ort-gpu.mjs'],
  ['ort-wasm-simd-threaded.asyncify.mjs', 'ort-gpu-simd-threaded.mjs'],
  ['ort-wasm-simd-threaded.asyncify.wasm', 'ort-gpu-simd-threaded.wasm'],
] as const

await mkdir(to, { recursive: true })
await Promise.all(files.map(([name, as]) => copy(join(from, name), join(to, as))))

async function copy(source: string, target: string): Promise<void> {
  if (target.endsWith('.wasm')) return copyFile(source, target)
  // The map is not copied, and tools warn of one that is missing.
  const script = await readFile(source, 'utf8')
  await writeFile(target, script.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'))
}
