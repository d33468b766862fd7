import { ASSETS } from '@retinaface/models'
import { RESEARCH_ASSETS } from '@retinaface/models/research'
import { expect, test } from 'vitest'
import { runCli } from '../run-cli.ts'

test('models lists every installed file with all licence statements, verified', async () => {
  const { code, stdout } = await runCli(['models', '--json'])
  expect(code).toBe(0)
  const models = JSON.parse(stdout)
  expect(models).toHaveLength(ASSETS.length + RESEARCH_ASSETS.length)
  for (const [i, { id, sha256, licence }] of [...ASSETS, ...RESEARCH_ASSETS].entries()) {
    expect(models[i]).toMatchObject({ id, sha256, licence, verified: true })
  }
  const table = await runCli(['models'])
  expect(table.stdout).toContain('stated: MIT')
  expect(table.stdout).toContain('upstream: InsightFace')
  expect(table.stdout).toContain('verified')
})
