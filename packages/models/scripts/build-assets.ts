import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { mnet025 } from '../src/mnet025.ts'
import { mnet025V1 } from '../src/mnet025-v1.ts'
import { buildDetector, sha256 } from './build-detector.ts'
import { buildTopology } from './build-topology.ts'

for (const model of [mnet025, mnet025V1]) {
  const { file, sha256: sourceSha256 } = model.source
  const network = await buildDetector(file, sourceSha256)
  if (sha256(network) !== model.sha256 || network.length !== model.bytes) {
    throw new Error(
      `The built ${model.id} has ${network.length} bytes and SHA-256 ${sha256(network)}, its entry says ${model.bytes} and ${model.sha256}. If the build was changed on purpose, change the entry.`,
    )
  }
  await mkdir(new URL('.', model.url), { recursive: true })
  await writeFile(fileURLToPath(model.url), network)
}

await writeFile(
  new URL('../assets/generated/face-topology.safetensors', import.meta.url),
  await buildTopology(),
)
