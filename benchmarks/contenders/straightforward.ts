import { nodePipeline } from '../baselines/node-pipeline.ts'
import { serve } from '../protocol/serve.ts'

serve(nodePipeline)
