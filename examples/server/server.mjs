import { createServer } from '@retinaface/server'

const key = process.env.KEY ?? 'a long key of your own'
const server = await createServer({ limits: { queue: 8 }, keys: [key] })
console.log(await server.listen({ port: Number(process.env.PORT ?? 8080) }))
process.once('SIGTERM', () => server.close())
