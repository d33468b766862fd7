import { facesOfHuman, type Human, humanConfig } from '../../peers/human-config.ts'
import { serveInPage } from '../page/web-contender.ts'

const build = '/peers/@vladmandic/human/dist/human.esm.js'

serveInPage(({ mesh }: { readonly mesh: boolean }) => {
  let human: Human
  return {
    load: async () => {
      const { Human: Class } = (await import(build)) as { Human: new (config: object) => Human }
      const files = [
        '/peers/@vladmandic/human/models/',
        '/peers/@tensorflow/tfjs-backend-wasm/dist/',
      ]
      human = new Class(humanConfig({ mesh }, files[0]!, files[1]!))
      await human.load()
    },
    detect: async (picture) => facesOfHuman(await human.detect(await createImageBitmap(picture))),
  }
})
