import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startAppServer } from '../../server/app-server.ts'

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return { ...fs, createReadStream: vi.fn(fs.createReadStream) }
})

test('a download that is broken off closes its file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'retinaface-broken-off-'))
  // Far more than a socket takes at once.
  writeFileSync(join(folder, 'large.wasm'), new Uint8Array(2e7))
  const server = await startAppServer(folder, 0)
  onTestFinished(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })
  const { host, hostname, port } = new URL(server.origin)
  for (let i = 0; i < 3; i++) {
    const socket = connect(Number(port), hostname)
    socket.write(`GET /large.wasm HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    await new Promise((resolve) => socket.once('data', resolve))
    socket.destroy()
  }
  const opened = vi.mocked(createReadStream).mock.results.map(({ value }) => value)
  expect(opened).toHaveLength(3)
  await expect.poll(() => opened.every(({ closed }) => closed)).toBe(true)
})
