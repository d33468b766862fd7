import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A Redis server of a test's own, which keeps nothing when it is stopped. */
export interface RedisServer {
  readonly url: string
  start(): Promise<void>
  /** Ends it at once: all that it held is lost. */
  stop(): Promise<void>
  close(): Promise<void>
}

/** Starts `redis-server` on a free port, with a folder of its own. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'retinaface-redis-'))
  let child: ReturnType<typeof spawn> | undefined
  const start = async () => {
    const options = ['--port', String(port), '--dir', folder, '--save', '', '--appendonly', 'no']
    child = spawn('redis-server', [...options, '--bind', '127.0.0.1'], { stdio: 'ignore' })
    await Promise.race([
      untilListening(port),
      once(child, 'error').then(([error]) => {
        throw error
      }),
    ])
  }
  const stop = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop,
    close: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function untilListening(port: number): Promise<void> {
  for (;;) {
    const socket = createConnection(port, '127.0.0.1')
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(
        () => false,
        () => false,
      ),
    ]).catch(() => false)
    socket.destroy()
    if (isOpen) return
    await sleep(50)
  }
}
