import { createHuman } from '../peers/human.ts'
import { facesOfHuman, type Human } from '../peers/human-config.ts'
import { readTensor, startTensorFlow, WASM_FOLDER } from '../peers/tensorflow.ts'
import { serve } from '../protocol/serve.ts'

serve(({ mesh }: { readonly mesh: boolean }) => {
  let human: Human
  return {
    load: async () => {
      await startTensorFlow()
      human = createHuman({ mesh }, WASM_FOLDER)
      await human.load()
    },
    detect: async (path) => {
      const tensor = await readTensor(human.tf, path)
      const result = await human.detect(tensor)
      tensor.dispose()
      return facesOfHuman(result)
    },
  }
})
