import { existsSync, readFileSync } from 'node:fs'
import { MODEL_PRESETS } from '@retinaface/core'
import { describe, expect, test } from 'vitest'
import { ASSETS, MODELS, verifySha256 } from '../src/index.ts'

describe.each(ASSETS)('the entry $id', (asset) => {
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

describe.each(MODELS)('the detector $id', (model) => {
  test('is decoded by the preset of its name', () => {
    expect(model.configuration).toBe(MODEL_PRESETS[model.id])
  })

  test('states both licences', () => {
    expect(model.licence.stated).toContain('MIT')
    expect(model.licence.upstream).toContain('non-commercial research use')
  })

  test('has a model card that names it and states both licences', () => {
    const file = `../cards/${model.id.replace('-v1', '')}.md`
    const card = readFileSync(new URL(file, import.meta.url), 'utf8')
    expect(card).toContain(`\`${model.id}\``)
    expect(card).toContain('The npm package says MIT')
    expect(card).toContain('non-commercial research use')
  })
})

test('no two files share an id', () => {
  expect(new Set(ASSETS.map(({ id }) => id)).size).toBe(ASSETS.length)
})
