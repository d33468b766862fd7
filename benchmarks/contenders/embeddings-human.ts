import { createHuman } from '../peers/human.ts'
import { facesOfHuman, type Human } from '../peers/human-config.ts'
import { readTensor, startTensorFlow, WASM_FOLDER } from '../peers/tensorflow.ts'
import { serve } from '../protocol/serve.ts'

serve(() => {
  let human: Human
  return {
    load: async () => {
      await startTensorFlow()
      human = createHuman({ mesh: true, description: true }, WASM_FOLDER)
      await human.load()
    },
    detect: async (path) => {
      const tensor = await readTensor(human.tf, path)
      const result = await human.detect(tensor)
      tensor.dispose()
      return facesOfHuman({
        ...result,
        face: result.face.filter(({ embedding }) => embedding?.length),
      })
    },
  }
})
