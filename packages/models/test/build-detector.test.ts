import { describe, expect, test } from 'vitest'
import { buildDetector } from '../scripts/build-detector.ts'
import { generateAssets } from '../scripts/generate-assets.ts'
import { sha256 } from '../scripts/sha256.ts'
import { CHECKSUMS } from '../src/checksums.ts'
import { type ProtobufField, readProtobufFields } from '../src/protobuf-fields.ts'
import { mnet025, mnet025V1 } from '../src/research.ts'
import { originalNetwork } from './support/original-network.ts'

const modelGraph = 7
const graphInput = 11
const graphOutput = 12

describe('generateAssets', () => {
  test('makes the files that the manifest records, the same bytes each time', async () => {
    for (const assets of [await generateAssets(), await generateAssets()]) {
      const sums = [...assets].map(([path, bytes]) => [
        path,
        { bytes: bytes.length, sha256: sha256(bytes) },
      ])
      expect(CHECKSUMS).toMatchObject(Object.fromEntries(sums))
    }
  })
})

describe('buildDetector', () => {
  test.each([mnet025, mnet025V1])(
    'keeps everything of $id but its declared inputs and outputs',
    async (model) => {
      const kept = (network: Uint8Array) => [
        digests(readProtobufFields(network).filter(({ number }) => number !== modelGraph)),
        digests(
          graphFields(network).filter(({ number }) => ![graphInput, graphOutput].includes(number)),
        ),
      ]
      expect(kept(await buildDetector(model.source))).toEqual(kept(originalNetwork(model)))
    },
  )

  test('refuses a source file that is not the pinned one', async () => {
    const source = { ...mnet025.source, sha256: '0'.repeat(64) }
    await expect(buildDetector(source)).rejects.toThrow(
      /mnet\.25_v2\.onnx of retinaface@0\.0\.6 with SHA-256 0{64} but found cd1acf48/,
    )
  })
})

function graphFields(network: Uint8Array): ProtobufField[] {
  return readProtobufFields(
    readProtobufFields(network).find(({ number }) => number === modelGraph)!.payload,
  )
}

function digests(fields: readonly ProtobufField[]): string[] {
  return fields.map(({ number, raw }) => `${number} ${sha256(raw)}`)
}
