import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, createProject, expectOutput, freePort, run, withServer } from './project.mjs'

const route = `
import { createWorkerRetinaFace } from '@retinaface/node'

const retinaface = createWorkerRetinaFace()

export const dynamic = 'force-dynamic'

export async function GET() {
  const faces = await (await retinaface).detect('photo.jpg')
  return new Response(String(faces.length))
}
`
const config = `export default { serverExternalPackages: ['@retinaface/node'] }\n`
const layout = `export default ({ children }) => <html lang="en"><body>{children}</body></html>\n`

/** A route of Next.js, built and started, finds faces in workers. */
export const nextServer = {
  'Next.js': async (folder, tarballs) => {
    const others = { next: '^16.0.0', react: '^19.0.0', 'react-dom': '^19.0.0' }
    createProject(folder, tarballs, ['@retinaface/node'], others)
    mkdirSync(join(folder, 'app/faces'), { recursive: true })
    writeFileSync(join(folder, 'next.config.mjs'), config)
    writeFileSync(join(folder, 'app/layout.jsx'), layout)
    writeFileSync(join(folder, 'app/faces/route.js'), route)
    run(folder, ['npm', 'install', '--no-audit', '--no-fund'])
    run(folder, ['npx', 'next', 'build'])
    const port = await freePort()
    const next = join(folder, 'node_modules/next/dist/bin/next')
    await withServer(folder, [next, 'start', '-p', String(port)], async () => {
      expectOutput(await ask(`http://localhost:${port}/faces`), '5')
    })
  },
}
