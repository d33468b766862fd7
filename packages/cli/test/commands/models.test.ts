import { MODELS } from '@retinaface/models'
import { expect, test } from 'vitest'
import { runCli } from '../run-cli.ts'

test('models lists every installed model with both licence statements, verified', async () => {
  const { code, stdout } = await runCli(['models', '--json'])
  expect(code).toBe(0)
  const models = JSON.parse(stdout)
  expect(models).toHaveLength(MODELS.length)
  for (const [i, { id, sha256, licence }] of MODELS.entries()) {
    expect(models[i]).toMatchObject({ id, sha256, licence, verified: true })
  }
  const table = await runCli(['models'])
  expect(table.stdout).toContain('stated: MIT')
  expect(table.stdout).toContain('upstream: InsightFace')
  expect(table.stdout).toContain('verified')
})
